package org.plmfrontier.dataset.corpus;

import java.util.Objects;

/**
 * One file of a corpus as it was when the corpus was asked for.
 *
 * @param path absolute path
 * @param sha256 hash of the file's bytes, hexadecimal
 * @param bytes size of the file
 */
public record Source(String path, String sha256, long bytes) {
    public Source {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(sha256, "sha256");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + path + " must not be negative, got " + bytes);
        }
    }
}
