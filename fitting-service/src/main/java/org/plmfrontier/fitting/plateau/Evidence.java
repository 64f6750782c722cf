package org.plmfrontier.fitting.plateau;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.plmfrontier.fitting.curve.FinalPoint;

/**
 * What a smoothed curve shows, one question per method; the thresholds are explained at {@link PlateauRule}.
 *
 * @param losses the smoothed losses that decide
 * @param lastDoubling fall over the last doubling of compute, nats
 * @param error standard error of a difference between two smoothed losses, nats
 */
record Evidence(JudgedCurve curve, Losses losses, double lastDoubling, double error) {
    /**
     * Smoothed losses, nats.
     *
     * @param first at the first point
     * @param lowest the lowest
     * @param lowestFlops FLOPs at the lowest
     * @param current at the last point
     */
    record Losses(double first, double lowest, double lowestFlops, double current) {}

    static final double SHORTEST_SPAN = 8;
    static final double FLAT_NATS = 0.01;
    static final double RISE_NATS = 0.03;
    static final double DEAD_SHARE = 0.2;
    private static final double TOO_NOISY_NATS = 0.02;
    private static final int LOOKS = 400;

    static Evidence of(JudgedCurve curve) {
        double lowest = Double.POSITIVE_INFINITY;
        double lowestFlops = curve.domain().minFlops();
        for (double flops : curve.domain().logSpaced(LOOKS)) {
            double loss = curve.lossAt(flops);
            if (loss < lowest) {
                lowest = loss;
                lowestFlops = flops;
            }
        }
        double half = Math.max(curve.domain().minFlops(), curve.domain().maxFlops() / 2);
        double current = curve.currentLossNats();
        return new Evidence(
                curve,
                new Losses(curve.lossAt(curve.domain().minFlops()), lowest, lowestFlops, current),
                curve.lossAt(half) - current,
                Math.sqrt(2) * curve.training().standardErrorNats());
    }

    Optional<PlateauVerdict> diverged() {
        double gained = losses.first() - losses.lowest();
        boolean lost = losses.current() - losses.lowest() > Math.max(0.5 * gained, 10 * RISE_NATS);
        return when(
                lost,
                () -> new PlateauVerdict.Diverged(text(
                        "the smoothed %s climbed from %.3f back to %.3f nats after a start at %.3f",
                        curve.name(), losses.lowest(), losses.current(), losses.first())));
    }

    Optional<PlateauVerdict> tooShort(LearningRates rates) {
        double span = curve.domain().maxFlops() / curve.domain().minFlops();
        int cells = curve.bins().size();
        if (rates.warmingUp()) {
            return undecided("the learning rate is still warming up");
        }
        if (span < SHORTEST_SPAN) {
            return undecided("the curve spans a factor %.1f of compute, %.0f are needed", span, SHORTEST_SPAN);
        }
        if (cells < Tail.FEWEST) {
            return undecided("the curve has %d separate points, %d are needed", cells, Tail.FEWEST);
        }
        if (error > TOO_NOISY_NATS) {
            return undecided("the smoothed loss is uncertain by %.3f nats, too much to see a floor", error);
        }
        return Optional.empty();
    }

    private static Optional<PlateauVerdict> undecided(String sentence, Object... figures) {
        return Optional.of(new PlateauVerdict.Undecided(text(sentence, figures)));
    }

    Optional<PlateauVerdict> overfitting() {
        return heldOutRise()
                .or(() -> when(
                        losses.current() - losses.lowest() > Math.max(RISE_NATS, 4 * error),
                        () -> new PlateauVerdict.Overfitting(
                                text(
                                        "the smoothed %s rose from %.3f to %.3f nats since %.3g FLOPs",
                                        curve.name(), losses.lowest(), losses.current(), losses.lowestFlops()),
                                losses.lowest(),
                                losses.lowestFlops())));
    }

    private Optional<PlateauVerdict> heldOutRise() {
        List<FinalPoint> finals = curve.run().finals();
        if (finals.size() < 2) {
            return Optional.empty();
        }
        FinalPoint best = finals.stream()
                .min(Comparator.comparingDouble(FinalPoint::lossNats))
                .orElseThrow();
        FinalPoint last = finals.get(finals.size() - 1);
        return when(
                last.lossNats() - best.lossNats() > RISE_NATS,
                () -> new PlateauVerdict.Overfitting(
                        text(
                                "the held-out loss rose from %.3f nats after %.3g tokens to %.3f after %.3g",
                                best.lossNats(), best.tokens(), last.lossNats(), last.tokens()),
                        best.lossNats(),
                        best.computeFlops()));
    }

    Optional<PlateauVerdict> scheduleLimited(LearningRates rates) {
        return when(
                rates.share() < DEAD_SHARE,
                () -> new PlateauVerdict.ScheduleLimited(
                        text(
                                "the learning rate is at %.2g %% of its peak, so the schedule and not the data holds the loss"
                                        + " at %.3f nats",
                                100 * rates.share(), losses.current()),
                        rates.share()));
    }

    Optional<PlateauVerdict> stillFalling(LearningRates rates, Optional<NextDoubling> next) {
        String schedule = rates.share() < DEAD_SHARE
                ? text(
                        " while the learning rate fell to %.2g %% of its peak: how much of that is the schedule's is not"
                                + " known",
                        100 * rates.share())
                : "";
        return when(
                lastDoubling > Math.max(FLAT_NATS, 2 * error),
                () -> new PlateauVerdict.NotYet(
                        text(
                                        "the last doubling of compute lowered the %s by %.3f nats to %.3f",
                                        curve.name(), lastDoubling, losses.current())
                                + next.map(fall -> ", " + fall.words()).orElse("")
                                + schedule,
                        next.orElse(null)));
    }

    private static Optional<PlateauVerdict> when(boolean yes, Supplier<PlateauVerdict> verdict) {
        return yes ? Optional.of(verdict.get()) : Optional.empty();
    }

    static String text(String sentence, Object... figures) {
        return String.format(Locale.ROOT, sentence, figures);
    }
}
