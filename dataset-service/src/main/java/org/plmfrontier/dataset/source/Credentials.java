package org.plmfrontier.dataset.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as people may see them: user information and query strings can hold passwords, tokens and signatures, so both
 * are replaced by {@value #HIDDEN}. Hiding twice changes nothing.
 */
public final class Credentials {
    static final String HIDDEN = "***";

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/+");
    private static final Pattern ADDRESS = Pattern.compile("(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*:/+\\S+");
    private static final Pattern PORT = Pattern.compile("(\\[[^\\]]*\\]?|[^:]*)(:\\d*)?");

    private Credentials() {}

    /** One address; a path of this machine is given back as it is. */
    public static String hidden(String address) {
        Matcher scheme = SCHEME.matcher(address);
        if (!scheme.lookingAt()) {
            return address;
        }
        String rest = address.substring(scheme.end());
        int end = authorityEnd(rest);
        int from = rest.lastIndexOf('@', end - 1) + 1;
        if (from == 0 && !PORT.matcher(rest.substring(0, end)).matches()) {
            from = rest.lastIndexOf('@') + 1;
        }
        String open = rest.substring(from);
        boolean keys = scheme.group().startsWith("s3:");
        int query = keys ? -1 : first(open, "?#");
        return scheme.group()
                + (from > 0 ? HIDDEN + "@" : "")
                + (query < 0 ? open : open.substring(0, query) + open.charAt(query) + HIDDEN);
    }

    /** A sentence with all addresses in it hidden; an address ends at the first blank there. */
    public static String hiddenIn(String sentence) {
        return ADDRESS.matcher(sentence).replaceAll(match -> Matcher.quoteReplacement(hidden(match.group())));
    }

    private static int authorityEnd(String rest) {
        int end = first(rest, "/?#");
        return end < 0 ? rest.length() : end;
    }

    private static int first(String text, String signs) {
        for (int at = 0; at < text.length(); at++) {
            if (signs.indexOf(text.charAt(at)) >= 0) {
                return at;
            }
        }
        return -1;
    }
}
