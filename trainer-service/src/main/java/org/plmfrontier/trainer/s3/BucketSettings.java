package org.plmfrontier.trainer.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a bucket is reached. Credentials come from the environment (AWS_ACCESS_KEY_ID and its kin, profile files, instance
 * roles) unless access is anonymous.
 *
 * @param endpoint of a service other than Amazon's; its buckets are named in the path
 * @param silence how long the service may say nothing until a request has failed
 * @param partBytes larger objects are sent in parts of this size; Amazon's service takes none below 5 MiB
 */
public record BucketSettings(
        Optional<URI> endpoint, String region, boolean anonymous, Duration silence, long partBytes) {
    /** Usual size of a part, bytes. */
    public static final long PART_BYTES = 64L << 20;

    public BucketSettings {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(region, "region");
        if (!silence.isPositive()) {
            throw new IllegalArgumentException("silence must be positive, got " + silence);
        }
        if (partBytes < 1) {
            throw new IllegalArgumentException("partBytes must be positive, got " + partBytes);
        }
    }
}
