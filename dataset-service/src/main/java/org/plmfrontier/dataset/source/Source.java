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
 */
public record Source(
        String path,
        @Nullable String sha256,
        long bytes,
        @Nullable String version) {
    public Source {
        Objects.requireNonNull(path, "path");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + path + " must not be negative, got " + bytes);
        }
        if (sha256 == null && version == null) {
            throw new IllegalArgumentException(path + " has neither sha256 nor version");
        }
    }

    /** A local file. */
    public Source(String path, String sha256, long bytes) {
        this(path, sha256, bytes, null);
    }

    /** What tells this content from any other: the hash where it is known, else place, version and size. */
    public String identity() {
        return sha256 != null ? sha256 : path + ' ' + version + ' ' + bytes;
    }

    /** The same file with the hash of what was read. */
    public Source read(String hash) {
        return new Source(path, hash, bytes, version);
    }
}
