package org.plmfrontier.fitting.http;

import java.nio.file.Path;

/**
 * How much of imported files lies on the disk while they are read.
 *
 * @param folder where they lie
 * @param fileBytes most of one file
 * @param totalBytes most of all files that are imported at once
 * @param freeBytes what stays free on the disk
 */
public record SpoolLimits(Path folder, long fileBytes, long totalBytes, long freeBytes) {
    public SpoolLimits {
        if (fileBytes < 1 || totalBytes < 1 || freeBytes < 0) {
            throw new IllegalArgumentException(
                    "fileBytes and totalBytes must be positive and freeBytes not negative, got " + fileBytes + ", "
                            + totalBytes + " and " + freeBytes);
        }
    }
}
