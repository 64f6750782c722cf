package org.plmfrontier.dataset.source;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Patterns of names: {@code *} and {@code ?} within one step of a path, {@code **} over steps. */
public final class Glob {
    private Glob() {}

    public static boolean isPattern(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    public static boolean matches(String pattern, String name) {
        return FileSystems.getDefault()
                .getPathMatcher("glob:" + escaped(pattern))
                .matches(Path.of(name));
    }

    /** What every match begins with: the text before the first sign of a pattern. */
    public static String prefix(String pattern) {
        int at = 0;
        while (at < pattern.length() && pattern.charAt(at) != '*' && pattern.charAt(at) != '?') {
            at++;
        }
        return pattern.substring(0, at);
    }

    /** The folder below which all matches lie. */
    static String root(String pattern) {
        return prefix(pattern).substring(0, prefix(pattern).lastIndexOf('/') + 1);
    }

    /** How many steps a match lies below the root. */
    static int depth(String pattern) {
        return (int) pattern.substring(root(pattern).length())
                        .chars()
                        .filter(letter -> letter == '/')
                        .count()
                + 1;
    }

    private static String escaped(String pattern) {
        return pattern.replaceAll("([\\[\\]{}\\\\])", "\\\\$1");
    }
}
