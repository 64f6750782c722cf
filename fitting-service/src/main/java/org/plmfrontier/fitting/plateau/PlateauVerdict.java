package org.plmfrontier.fitting.plateau;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.quantity.Estimate;

/** Whether a run's loss has stopped falling, and why. Each verdict says its reason in one sentence. */
public sealed interface PlateauVerdict {

    /** One sentence for people, with the figures that decided. */
    String reason();

    /** What the next doubling of compute will bring; null where that is not known, and for verdicts that do not ask. */
    default @Nullable NextDoubling next() {
        return null;
    }

    /** The loss still falls by more than its noise, at a learning rate that lives. */
    record NotYet(String reason, @Nullable NextDoubling next) implements PlateauVerdict {
        public NotYet(String reason) {
            this(reason, null);
        }
    }

    /**
     * The loss has reached its floor under a living learning rate.
     *
     * @param lInf the floor, nats per residue
     * @param flopsTo90 FLOPs after which 90 % of the fall from the first smoothed loss to the floor was done
     * @param flopsTo95 the same for 95 %
     * @param flopsTo100 FLOPs after which the smoothed loss stays within its noise of the floor
     */
    record Plateau(
            String reason,
            Estimate lInf,
            double flopsTo90,
            double flopsTo95,
            double flopsTo100,
            @Nullable NextDoubling next)
            implements PlateauVerdict {
        /** Without a forecast. */
        public Plateau(String reason, Estimate lInf, double flopsTo90, double flopsTo95, double flopsTo100) {
            this(reason, lInf, flopsTo90, flopsTo95, flopsTo100, null);
        }

        public Plateau {
            Objects.requireNonNull(lInf, "lInf");
            if (!(flopsTo90 > 0 && flopsTo90 <= flopsTo95 && flopsTo95 <= flopsTo100)) {
                throw new IllegalArgumentException("flopsTo90 " + flopsTo90 + ", flopsTo95 " + flopsTo95
                        + ", flopsTo100 " + flopsTo100 + " must ascend");
            }
        }
    }

    /**
     * The loss is flat, but so is the learning rate: it could not have fallen.
     *
     * @param learningRateShare current learning rate over its peak
     */
    record ScheduleLimited(String reason, double learningRateShare) implements PlateauVerdict {}

    /**
     * The loss has passed its minimum and rises.
     *
     * @param minimumNats the lowest smoothed (or held-out) loss
     * @param minimumFlops training FLOPs at the minimum
     */
    record Overfitting(String reason, double minimumNats, double minimumFlops) implements PlateauVerdict {}

    /** Too few points, or a floor and a power law without floor explain the curve alike. */
    record Undecided(String reason, @Nullable NextDoubling next) implements PlateauVerdict {
        public Undecided(String reason) {
            this(reason, null);
        }
    }

    /** The loss left the numbers or climbed back towards its start. */
    record Diverged(String reason) implements PlateauVerdict {}
}
