package org.plmfrontier.fitting.usefulness;

import java.util.List;
import java.util.Objects;

/** Whether a metric can be predicted from the loss. */
public sealed interface MetricVerdict {
    /**
     * It follows the loss by a monotone law.
     *
     * @param law fitted to all states
     * @param resampled laws of resamples of the runs
     * @param deviation standard deviation of a state around the law
     */
    record Predictable(MetricLaw law, List<MetricLaw> resampled, double deviation) implements MetricVerdict {
        public Predictable {
            Objects.requireNonNull(law, "law");
            resampled = List.copyOf(resampled);
            if (!(deviation >= 0)) {
                throw new IllegalArgumentException("deviation must not be negative, got " + deviation);
            }
        }
    }

    /**
     * It does not: the loss says nothing about it, or a lower loss goes with a better metric only up to a point.
     *
     * @param reason one sentence
     */
    record NotPredictable(String reason) implements MetricVerdict {
        public NotPredictable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
