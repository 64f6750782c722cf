package org.plmfrontier.fitting.tracking;

import java.nio.file.Path;

/** Names runs after the folders in which their files lie. */
public final class RunName {
    private RunName() {}

    /**
     * The folder's place below the root, with slashes; the root's own name for the root itself.
     *
     * @param root absolute
     */
    public static String of(Path root, Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        String below = absolute.startsWith(root) ? slashed(root.relativize(absolute)) : "";
        return below.isEmpty() ? last(absolute) : below;
    }

    /** The last part of a path; the path itself where it has none. */
    public static String last(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /** The path with slashes, whatever the system writes. */
    static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The folder of a file. */
    public static Path folder(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }
}
