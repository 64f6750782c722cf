package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.live.RunFit;
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
 * @param floorNats of a plateau: the loss to which the run converges; null for other verdicts, as are the next three
 * @param minimumNats of overfitting: the lowest loss; null for other verdicts, as is the next
 * @param learningRateShare of a schedule limit: learning rate over its peak; null for other verdicts
 */
public record PlateauSheet(
        String verdict,
        String reason,
        @Nullable Estimate floorNats,
        @Nullable Double flopsTo90,
        @Nullable Double flopsTo95,
        @Nullable Double flopsTo100,
        @Nullable Double minimumNats,
        @Nullable Double minimumFlops,
        @Nullable Double learningRateShare) {

    /** A verdict on one run. */
    public record OfRun(String runId, String name, String family, PlateauSheet plateau) {
        public static OfRun of(RunFit fit) {
            return new OfRun(fit.run().runId(), fit.run().name(), fit.run().family(), PlateauSheet.of(fit.verdict()));
        }
    }

    static PlateauSheet of(PlateauVerdict verdict) {
        String why = verdict.reason();
        return switch (verdict) {
            case NotYet ignored -> plain("NOT_YET", why);
            case Undecided ignored -> plain("UNDECIDED", why);
            case Diverged ignored -> plain("DIVERGED", why);
            case Plateau at ->
                new PlateauSheet(
                        "PLATEAU", why, at.lInf(), at.flopsTo90(), at.flopsTo95(), at.flopsTo100(), null, null, null);
            case Overfitting past ->
                new PlateauSheet(
                        "OVERFITTING", why, null, null, null, null, past.minimumNats(), past.minimumFlops(), null);
            case ScheduleLimited limit ->
                new PlateauSheet(
                        "SCHEDULE_LIMITED", why, null, null, null, null, null, null, limit.learningRateShare());
        };
    }

    private static PlateauSheet plain(String verdict, String reason) {
        return new PlateauSheet(verdict, reason, null, null, null, null, null, null, null);
    }
}
