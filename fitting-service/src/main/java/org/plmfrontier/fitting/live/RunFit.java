package org.plmfrontier.fitting.live;

import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.plateau.FrequencyLoss;
import org.plmfrontier.fitting.plateau.LearningRates;
import org.plmfrontier.fitting.plateau.PlateauRule;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;

/**
 * What is computed from one run alone.
 *
 * @param run the state of the run that was fitted
 * @param smoothed its curve after the warm-up of the learning rate, or why there is none yet; the loss during the warm-up
 *     tells of the warm-up and would decide the low end of the envelope
 * @param verdict whether the loss has stopped falling
 */
public record RunFit(Run run, FitOutcome<SmoothedCurve> smoothed, PlateauVerdict verdict) {
    public RunFit {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(smoothed, "smoothed");
        Objects.requireNonNull(verdict, "verdict");
    }

    static RunFit of(Run run, FitSettings settings) {
        double warmup =
                run.spec().map(plan -> plan.recipe().schedule().warmupTokens()).orElse(0.0);
        FitOutcome<SmoothedCurve> smoothed = SmoothedCurve.of(run.curve().since(warmup), settings.stiffness());
        return new RunFit(run, smoothed, besideFrequencies(run, smoothed, verdict(run, smoothed, settings)));
    }

    /** Whether a fit of the run's new state would give the same; an unchanged curve is the same object. */
    @SuppressWarnings("ReferenceEquality")
    boolean stillHolds(Run now) {
        return run.curve() == now.curve() && run.state() == now.state();
    }

    /** Smoothed loss at the last point, nats per residue. */
    public Optional<Double> currentLossNats() {
        return smoothed.result().map(SmoothedCurve::currentLossNats);
    }

    /** The latest held-out loss tells best; before there is one, the smoothed loss where it is of the same task. */
    private static PlateauVerdict besideFrequencies(
            Run run, FitOutcome<SmoothedCurve> smoothed, PlateauVerdict verdict) {
        Optional<FrequencyLoss> frequencies = Frequencies.of(run);
        Optional<Double> heldOut =
                run.curve().finals().stream().reduce((early, late) -> late).map(FinalPoint::lossNats);
        Optional<Double> loss = heldOut.or(() ->
                Frequencies.sameTask(run) ? smoothed.result().map(SmoothedCurve::currentLossNats) : Optional.empty());
        return frequencies
                .flatMap(trivial -> loss.map(nats -> trivial.beside(verdict, nats)))
                .orElse(verdict);
    }

    private static PlateauVerdict verdict(Run run, FitOutcome<SmoothedCurve> smoothed, FitSettings settings) {
        return switch (smoothed) {
            case FitOutcome.Fitted<SmoothedCurve> curve -> judge(run, curve.value(), settings);
            case FitOutcome.NotIdentifiable<SmoothedCurve> refusal -> new PlateauVerdict.Undecided(refusal.reason());
            case FitOutcome.NotConverged<SmoothedCurve> failure -> new PlateauVerdict.Undecided(failure.reason());
        };
    }

    /** A plan names the schedule; a file at best the rate of each row. */
    private static PlateauVerdict judge(Run run, SmoothedCurve curve, FitSettings settings) {
        return run.spec()
                .map(plan -> PlateauRule.judge(curve, plan.recipe().schedule(), run.state(), settings.bootstrap()))
                .orElseGet(() -> PlateauRule.judge(curve, LearningRates.of(run.curve()), settings.bootstrap()));
    }
}
