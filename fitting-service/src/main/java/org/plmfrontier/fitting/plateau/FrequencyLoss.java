package org.plmfrontier.fitting.plateau;

import static org.plmfrontier.fitting.plateau.Evidence.text;

import org.plmfrontier.fitting.plateau.PlateauVerdict.Diverged;
import org.plmfrontier.fitting.plateau.PlateauVerdict.NotYet;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Overfitting;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.plateau.PlateauVerdict.ScheduleLimited;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Undecided;

/**
 * What the residue frequencies alone reach at a run's own task. A loss that has come to stand there has learned the alphabet,
 * and its floor is that predictor's and neither the data's nor the model's.
 *
 * @param task how the task is called, for example {@code under these masks}; empty where every residue is predicted
 * @param lossNats nats per predicted residue
 */
public record FrequencyLoss(String task, double lossNats) {
    /** A loss is better than the frequencies where it is lower by more than this, twice what repeated runs differ by. */
    public static final double MARGIN_NATS = 0.03;

    public FrequencyLoss {
        if (!(lossNats > 0) || Double.isInfinite(lossNats)) {
            throw new IllegalArgumentException("lossNats must be positive and finite, got " + lossNats);
        }
    }

    /** Whether a loss is lower than the frequencies' by more than the margin. */
    public boolean isBeatenBy(double nats) {
        return lossNats - nats > MARGIN_NATS;
    }

    /**
     * The verdict; its reason says so where the loss is no better than the frequencies.
     *
     * @param nats the loss that the verdict is about, of the same task
     */
    public PlateauVerdict beside(PlateauVerdict verdict, double nats) {
        if (isBeatenBy(nats)) {
            return verdict;
        }
        String reason = verdict.reason()
                + text(
                        "; %.3f nats is no better than the frequencies%s (%.3f, margin %.2f)",
                        nats, task.isEmpty() ? "" : " " + task, lossNats, MARGIN_NATS);
        return switch (verdict) {
            case Plateau at ->
                new Plateau(reason, at.lInf(), at.flopsTo90(), at.flopsTo95(), at.flopsTo100(), at.next());
            case ScheduleLimited limit -> new ScheduleLimited(reason, limit.learningRateShare());
            case Overfitting past -> new Overfitting(reason, past.minimumNats(), past.minimumFlops());
            case NotYet falling -> new NotYet(reason, falling.next());
            case Undecided open -> new Undecided(reason, open.next());
            case Diverged lost -> lost;
        };
    }
}
