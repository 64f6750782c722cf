package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.plan.StudySpec;

/**
 * A study that was asked for.
 *
 * @param published whether all its jobs are on the topic
 * @param expectedFlops training FLOPs of all its runs, unpadded
 * @param jobsTo how far the jobs topic was written when all its jobs were on it; null where that was not noted
 */
public record Study(
        StudySpec spec,
        boolean published,
        double expectedFlops,
        Instant createdAt,
        @Nullable LogPosition jobsTo) {
    public Study {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    public String id() {
        return spec.id();
    }
}
