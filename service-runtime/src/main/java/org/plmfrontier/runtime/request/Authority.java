package org.plmfrontier.runtime.request;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a request or of an origin (RFC 3986, section 3.2).
 *
 * @param host in lower case, without the dot of a root; IPv6 in brackets
 * @param port empty where none is given
 */
record Authority(String host, Optional<Integer> port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.+]");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    /** The authority; empty where the text is none. */
    static Optional<Authority> of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(1).toLowerCase(Locale.ROOT);
        return Optional.of(new Authority(
                host.endsWith(".") ? host.substring(0, host.length() - 1) : host,
                Optional.ofNullable(parts.group(2)).map(Integer::valueOf)));
    }

    /** Whether it is a number and no name, so that nobody's name server has a say in it. */
    boolean isAddress() {
        return ADDRESS.matcher(host).matches();
    }

    /** Whether it is this machine for this machine alone. */
    boolean isLoopback() {
        return host.equals("localhost") || LOOPBACK.matcher(host).matches();
    }
}
