package org.plmfrontier.fitting.plateau;

import java.util.Optional;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Judges whether a run's loss has stopped falling, and why: the loss on held-out proteins where it was evaluated at least {@value
 * JudgedCurve#FEWEST_EVALUATIONS} times, see {@link JudgedCurve}, else that of training. Where the rate is steady, the verdict
 * says what the next doubling of compute will bring ({@link NextDoubling}). The questions are asked in this order, the first yes decides:
 *
 * <ol>
 *   <li>The run is marked as diverged, or has lost half of what it had gained: {@link PlateauVerdict.Diverged}.
 *   <li>The peak of the schedule lies ahead, or the curve spans less than a factor {@value Evidence#SHORTEST_SPAN} of
 *       compute, or is too noisy to see {@value Evidence#FLAT_NATS} nats: {@link PlateauVerdict.Undecided}.
 *   <li>The loss has risen from its minimum by more than
 *       {@value Evidence#RISE_NATS} nats, twice what differs between repeated runs: {@link PlateauVerdict.Overfitting}.
 *   <li>The last doubling of compute brought more than {@value Evidence#FLAT_NATS} nats (repeated runs of published
 *       studies differ by 0.010 to 0.016) or more than twice its standard error, whatever the learning rate:
 *       {@link PlateauVerdict.NotYet}.
 *   <li>The learning rate is below {@value Evidence#DEAD_SHARE} of its peak: the loss is flat since the schedule holds it
 *       (under Eq. 2 of Serrano et al. 2024 all budgets beyond some billion tokens are one model):
 *       {@link PlateauVerdict.ScheduleLimited}.
 *   <li>Else the floor of {@code L = L_inf + A C^-g} is fitted to the last factor {@value Tail#SPAN} of compute, see
 *       {@link FloorRule}: {@link PlateauVerdict.Plateau}, NotYet or Undecided. A floor under a learning rate that nobody
 *       knows is Undecided: it may be the schedule's.
 * </ol>
 */
public final class PlateauRule {
    /** Below this share of its peak the rate is on its way down, and what a curve was says less of what it will be. */
    private static final double STEADY_SHARE = 0.9;

    private PlateauRule() {}

    /**
     * The verdict on a run of a study.
     *
     * @param curve the run's smoothed curve; its run carries the final losses
     * @param schedule the run's learning-rate schedule
     * @param state DIVERGED decides by itself
     * @param bootstrap how the interval of the floor is made
     */
    public static PlateauVerdict judge(SmoothedCurve curve, Schedule schedule, RunState state, Bootstrap bootstrap) {
        if (state == RunState.DIVERGED) {
            return new PlateauVerdict.Diverged("the loss left the finite numbers");
        }
        double tokens = curve.run().tokensAt(curve.domain().maxFlops());
        return judge(curve, LearningRates.of(schedule, tokens), bootstrap);
    }

    /** The verdict on a curve that may be too short to smooth: then undecided. */
    public static PlateauVerdict judge(RunCurve curve, Schedule schedule, RunState state, Bootstrap bootstrap) {
        if (state == RunState.DIVERGED) {
            return new PlateauVerdict.Diverged("the loss left the finite numbers");
        }
        return switch (SmoothedCurve.of(curve, Stiffness.crossValidated())) {
            case FitOutcome.Fitted<SmoothedCurve> smooth -> judge(smooth.value(), schedule, state, bootstrap);
            case FitOutcome.NotIdentifiable<SmoothedCurve> refusal -> new PlateauVerdict.Undecided(refusal.reason());
            case FitOutcome.NotConverged<SmoothedCurve> failure -> new PlateauVerdict.Undecided(failure.reason());
        };
    }

    /** The verdict on a curve of which only the learning rate's place in its schedule is known. */
    public static PlateauVerdict judge(SmoothedCurve curve, LearningRates rates, Bootstrap bootstrap) {
        JudgedCurve judged = JudgedCurve.of(curve);
        Evidence evidence = Evidence.of(judged);
        return evidence.diverged()
                .or(() -> evidence.tooShort(rates))
                .or(evidence::overfitting)
                .orElseGet(() -> {
                    Optional<NextDoubling> next = rates.share() >= STEADY_SHARE
                            ? NextDoubling.of(judged, bootstrap.level())
                            : Optional.empty();
                    return evidence.stillFalling(rates, next)
                            .or(() -> evidence.scheduleLimited(rates))
                            .orElseGet(() -> FloorRule.judge(judged, rates, next, bootstrap));
                });
    }
}
