package org.plmfrontier.dataset.web;

import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Credentials;

/**
 * An http or https address as people write it: what a URI may not hold (blanks, {@code |}, letters beyond ASCII) is
 * percent-encoded, user information is taken out and sent as basic authentication.
 *
 * @param uri what is asked for, without user information and fragment
 * @param authorization value of the header; null where the address names no user
 * @param name for messages, without credentials
 */
record WebAddress(URI uri, @Nullable String authorization, String name) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);
    private static final String UNRESERVED = "-._~!$&'()*+,;=:@/?";

    /**
     * @param field path within the request
     * @throws RefusedException where the address is none
     */
    static WebAddress parse(String field, String address) {
        String name = Credentials.hidden(address);
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || address.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(field, name + " is no valid address");
        }
        if (parts.group(5) != null && parts.group(5).contains("=")) {
            throw new RefusedException(
                    field, name + " ends in what is not understood: only #sha256= may follow an address");
        }
        String authority = parts.group(2);
        int at = authority.lastIndexOf('@');
        URI uri = uri(parts, authority.substring(at + 1))
                .orElseThrow(() -> new RefusedException(field, name + " is no valid address: its host is none"));
        return new WebAddress(uri, at < 0 ? null : basic(authority.substring(0, at)), name);
    }

    private static Optional<URI> uri(Matcher parts, String hostAndPort) {
        try {
            String host = hostAndPort.startsWith("[") ? hostAndPort : IDN.toASCII(hostAndPort);
            String path = parts.group(3).isEmpty() ? "/" : encoded(parts.group(3));
            String query = parts.group(4) == null ? "" : encoded(parts.group(4));
            URI uri = URI.create(parts.group(1).toLowerCase(Locale.ROOT) + "://" + host + path + query);
            boolean valid = uri.getHost() != null && uri.getPort() <= 65_535;
            return valid ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String basic(String user) {
        String plain = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        StringBuilder uri = new StringBuilder();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char letter = (char) (bytes[i] & 0xFF);
            boolean escape = letter == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2);
            if (escape || letter < 128 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0)) {
                uri.append(letter);
            } else {
                uri.append('%').append("%02X".formatted((int) letter));
            }
        }
        return uri.toString();
    }

    private static boolean isHex(byte[] bytes, int at) {
        return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
    }
}
