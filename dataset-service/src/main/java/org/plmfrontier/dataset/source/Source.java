package org.plmfrontier.dataset.source;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of a corpus as it was when the corpus was asked for.
 *
 * @param path absolute path, or address with {@code http}, {@code https} or {@code s3}
 * @param sha256 hash of the file's bytes, hexadecimal; null for a remote file until it is read
 * @param bytes size of the file
 * @param version what the remote side calls this state of the file (ETag, or the time of the last change); null for a
 *     local file
 * @param modified time of the last change as the remote side says it; null where it says none
 */
public record Source(
        String path,
        @Nullable String sha256,
        long bytes,
        @Nullable String version,
        @Nullable String modified) {
    public Source {
        Objects.requireNonNull(path, "path");
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "bytes of " + Credentials.hidden(path) + " must not be negative, got " + bytes);
        }
        if (sha256 == null && version == null) {
            throw new IllegalArgumentException(Credentials.hidden(path) + " has neither sha256 nor version");
        }
    }

    /** A remote file that has no time of its last change. */
    public Source(String path, @Nullable String sha256, long bytes, @Nullable String version) {
        this(path, sha256, bytes, version, null);
    }

    /** A local file. */
    public Source(String path, String sha256, long bytes) {
        this(path, sha256, bytes, null);
    }

    /** The path without credentials, for people. */
    public String name() {
        return Credentials.hidden(path);
    }

    /** What tells this content from any other: the hash where it is known, else place, version and size. */
    public String identity() {
        return sha256 != null ? sha256 : path + ' ' + version + ' ' + bytes;
    }

    /**
     * The same file as people may see it after it was read.
     *
     * @param hash SHA-256 of the bytes that were read
     * @param length how many they were
     */
    public Source read(String hash, long length) {
        return new Source(name(), hash, length, version, modified);
    }

    /** The same file without credentials in its path. */
    public Source shown() {
        return new Source(name(), sha256, bytes, version, modified);
    }

    @Override
    public String toString() {
        return "Source[" + name() + ", sha256=" + sha256 + ", bytes=" + bytes + ", version=" + version + "]";
    }
}
