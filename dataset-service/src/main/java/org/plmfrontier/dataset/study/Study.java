package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.Objects;
import org.plmfrontier.dataset.plan.StudySpec;

/**
 * A study that was asked for.
 *
 * @param published whether all its jobs are on the topic
 * @param expectedFlops training FLOPs of all its runs, unpadded
 */
public record Study(StudySpec spec, boolean published, double expectedFlops, Instant createdAt) {
    public Study {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    public String id() {
        return spec.id();
    }
}
