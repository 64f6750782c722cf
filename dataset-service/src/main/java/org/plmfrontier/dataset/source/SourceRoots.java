package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * The folders and addresses below which sources may lie. Links of this machine are followed first, and an address whose
 * path goes up is below nothing. Thread-safe.
 */
public final class SourceRoots {
    private static final Pattern REMOTE = Pattern.compile("(?i)(https?|s3)://([^/?#]+)([^?#]*).*", Pattern.DOTALL);
    private static final Pattern UPWARDS = Pattern.compile("(?i)(^|/|%2f|\\\\|%5c)(\\.|%2e){1,2}($|/|%2f|\\\\|%5c)");

    private final @Nullable List<String> roots;

    private SourceRoots(@Nullable List<String> roots) {
        this.roots = roots;
    }

    /** Everything may be read. */
    public static SourceRoots anywhere() {
        return new SourceRoots(null);
    }

    /**
     * Only what lies below one of these.
     *
     * @param roots absolute folders, or beginnings of http, https or s3 addresses; none: nothing may be read
     * @throws IllegalArgumentException where one is neither
     */
    public static SourceRoots below(List<String> roots) {
        for (String root : roots) {
            if (!root.startsWith("/") && !REMOTE.matcher(root).matches()) {
                throw new IllegalArgumentException("dataset.sources.roots must name absolute folders or http, https or "
                        + "s3 addresses, got " + Credentials.hidden(root));
            }
        }
        return new SourceRoots(List.copyOf(roots));
    }

    /** These and one more folder. */
    public SourceRoots and(Path folder) {
        if (roots == null) {
            return this;
        }
        List<String> more = new ArrayList<>(roots);
        more.add(folder.toAbsolutePath().normalize().toString());
        return new SourceRoots(List.copyOf(more));
    }

    /**
     * Refuses what lies elsewhere; nothing is read for that but links.
     *
     * @param field path within the request
     * @param address a path, an address, or a pattern of either
     */
    void require(String field, String address) throws IOException {
        if (roots == null) {
            return;
        }
        for (String root : roots) {
            if (root.startsWith("/") ? holdsFile(Path.of(root), address) : holdsAddress(root, address)) {
                return;
            }
        }
        String allowed = roots.isEmpty()
                ? "none is configured"
                : roots.stream().map(Credentials::hidden).collect(Collectors.joining(", "));
        throw new RefusedException(
                field,
                Credentials.hidden(address) + " lies outside the places that sources may come from "
                        + "(dataset.sources.roots): " + allowed);
    }

    private static boolean holdsFile(Path root, String address) throws IOException {
        if (!address.startsWith("/")) {
            return false;
        }
        Path path = Path.of(Glob.isPattern(address) ? Glob.root(address) : address);
        Path real = real(path);
        return path.normalize().startsWith(root.normalize()) && real.startsWith(real(root));
    }

    /** With links followed as far as there is something. */
    private static Path real(Path path) throws IOException {
        Path known = path;
        while (known.getParent() != null && !Files.exists(known)) {
            known = known.getParent();
        }
        return known.toRealPath().resolve(known.relativize(path)).normalize();
    }

    private static boolean holdsAddress(String root, String address) {
        Matcher allowed = REMOTE.matcher(root);
        Matcher asked = REMOTE.matcher(address);
        if (!allowed.matches()
                || !asked.matches()
                || UPWARDS.matcher(asked.group(3)).find()) {
            return false;
        }
        String below = allowed.group(3);
        String path = asked.group(3);
        return authority(allowed).equals(authority(asked))
                && path.startsWith(below)
                && (below.isEmpty()
                        || below.endsWith("/")
                        || path.length() == below.length()
                        || path.charAt(below.length()) == '/');
    }

    /** Scheme, host and port, without user information and in one way of writing. */
    private static String authority(Matcher address) {
        String scheme = address.group(1).toLowerCase(Locale.ROOT);
        String whole = address.group(2);
        String host = whole.substring(whole.lastIndexOf('@') + 1);
        if (scheme.equals("s3")) {
            return scheme + "://" + host;
        }
        String standard = scheme.equals("https") ? ":443" : ":80";
        String lower = host.toLowerCase(Locale.ROOT);
        return scheme + "://"
                + (lower.endsWith(standard) ? lower.substring(0, lower.length() - standard.length()) : lower);
    }
}
