package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.plateau.NextDoubling;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Diverged;
import org.plmfrontier.fitting.plateau.PlateauVerdict.NotYet;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Overfitting;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.plateau.PlateauVerdict.ScheduleLimited;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Undecided;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * A plateau verdict.
 *
 * @param verdict NOT_YET, PLATEAU, SCHEDULE_LIMITED, OVERFITTING, UNDECIDED or DIVERGED
 * @param reason one sentence with the figures that decided
 * @param floor of a plateau
 * @param minimum of overfitting
 * @param limit of a schedule limit
 * @param nextDoublingNats by how much the next doubling of compute will lower the loss at the rate as it is; negative where it
 *     may rise, null where it is not known or not asked
 */
public record PlateauView(
        String verdict,
        String reason,
        @JsonUnwrapped Floor floor,
        @JsonUnwrapped Minimum minimum,
        @JsonUnwrapped Limit limit,
        @Nullable Estimate nextDoublingNats) {
    /**
     * Where a plateau is; null for other verdicts.
     *
     * @param floorNats the loss to which the run converges
     */
    public record Floor(
            @Nullable Estimate floorNats,
            @Nullable Double flopsTo90,
            @Nullable Double flopsTo95,
            @Nullable Double flopsTo100) {
        private static final Floor NONE = new Floor(null, null, null, null);
    }

    /**
     * Where an overfitting run was best; null for other verdicts.
     *
     * @param minimumNats the lowest loss
     */
    public record Minimum(
            @Nullable Double minimumNats, @Nullable Double minimumFlops) {
        private static final Minimum NONE = new Minimum(null, null);
    }

    /**
     * What of the schedule holds a run back.
     *
     * @param learningRateShare learning rate over its peak; null for other verdicts
     */
    public record Limit(@Nullable Double learningRateShare) {
        private static final Limit NONE = new Limit(null);
    }

    /** A verdict on one run. */
    public record OfRun(String runId, String name, String family, PlateauView plateau) {
        public static OfRun of(RunFit fit) {
            return new OfRun(fit.run().runId(), fit.run().name(), fit.run().family(), PlateauView.of(fit.verdict()));
        }
    }

    static PlateauView of(PlateauVerdict verdict) {
        String why = verdict.reason();
        return switch (verdict) {
            case NotYet falling -> plain("NOT_YET", why, falling.next());
            case Undecided open -> plain("UNDECIDED", why, open.next());
            case Diverged ignored -> plain("DIVERGED", why, null);
            case Plateau at ->
                new PlateauView(
                        "PLATEAU",
                        why,
                        new Floor(at.lInf(), at.flopsTo90(), at.flopsTo95(), at.flopsTo100()),
                        Minimum.NONE,
                        Limit.NONE,
                        fall(at.next()));
            case Overfitting past ->
                new PlateauView(
                        "OVERFITTING",
                        why,
                        Floor.NONE,
                        new Minimum(past.minimumNats(), past.minimumFlops()),
                        Limit.NONE,
                        null);
            case ScheduleLimited limit ->
                new PlateauView(
                        "SCHEDULE_LIMITED", why, Floor.NONE, Minimum.NONE, new Limit(limit.learningRateShare()), null);
        };
    }

    private static PlateauView plain(String verdict, String reason, @Nullable NextDoubling next) {
        return new PlateauView(verdict, reason, Floor.NONE, Minimum.NONE, Limit.NONE, fall(next));
    }

    private static @Nullable Estimate fall(@Nullable NextDoubling next) {
        return next == null ? null : next.fallNats();
    }
}
