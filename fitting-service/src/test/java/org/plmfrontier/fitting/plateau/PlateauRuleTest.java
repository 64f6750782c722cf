package org.plmfrontier.fitting.plateau;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.PlantedCurves;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.regression.OffsetPowerLaw;

class PlateauRuleTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(100, 0.95, 5);
    private static final Schedule CONSTANT = new Schedule.Constant(1e-3, 0);
    private static final double STEP_TOKENS = 8192;
    private static final int STEPS = 2500;
    private static final double ALL_TOKENS = STEPS * STEP_TOKENS;

    /** A learner that reaches 2.4 nats for good. */
    private static double flat(double tokens) {
        return 2.4 + 0.9 * Math.exp(-tokens / (0.03 * ALL_TOKENS));
    }

    private static double powerLaw(double tokens) {
        return 2.2 + 40 * Math.pow(tokens, -0.28);
    }

    private static RunCurve run(DoubleUnaryOperator loss, double noise, long seed) {
        return PlantedCurves.run("run", 1e6, STEPS, STEP_TOKENS, loss, noise, new SplittableRandom(seed));
    }

    private static PlateauVerdict judge(RunCurve run, Schedule schedule) {
        return PlateauRule.judge(run, schedule, RunState.TRAINING, BOOTSTRAP);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aCurveThatStaysAtItsFloorIsAPlateauWithTheFloorInItsInterval(long seed) {
        assertThat(judge(run(PlateauRuleTest::flat, 0.05, seed), CONSTANT))
                .isInstanceOfSatisfying(PlateauVerdict.Plateau.class, plateau -> {
                    assertThat(plateau.lInf().value()).isBetween(2.385, 2.41);
                    assertThat(plateau.lInf().high()).isGreaterThan(2.395);
                    assertThat(plateau.lInf().low()).isLessThan(2.405);
                    double at90 = 6e6 * 0.03 * ALL_TOKENS * Math.log(10);
                    assertThat(plateau.flopsTo90()).isBetween(0.5 * at90, 1.6 * at90);
                    assertThat(plateau.flopsTo100()).isLessThan(6e6 * 0.4 * ALL_TOKENS);
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aPowerLawThatStillFallsIsNotYet(long seed) {
        assertThat(judge(run(PlateauRuleTest::powerLaw, 0.05, seed), CONSTANT))
                .isInstanceOf(PlateauVerdict.NotYet.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aSlowPowerLawThatLooksFlatIsNeverAPlateau(long seed) {
        DoubleUnaryOperator slow = tokens -> 2.3 * Math.pow(tokens / ALL_TOKENS, -0.0055);
        assertThat(judge(run(slow, 0.05, seed), CONSTANT))
                .isInstanceOfAny(PlateauVerdict.NotYet.class, PlateauVerdict.Undecided.class);
    }

    @Test
    void aFlatCurveUnderADeadLearningRateIsScheduleLimited() {
        Schedule decayed = new Schedule.TokenDecay(1e-3, 0.5, ALL_TOKENS / 10);
        assertThat(judge(run(PlateauRuleTest::flat, 0.05, 1), decayed))
                .isInstanceOfSatisfying(
                        PlateauVerdict.ScheduleLimited.class,
                        limited -> assertThat(limited.learningRateShare()).isLessThan(0.002));
    }

    /** Whether the loss still falls is asked before what holds it. */
    @Test
    void aLossThatFallsUnderTheEndOfACosineIsNotYetAndSaysSo() {
        Schedule cosine = new Schedule.WarmupCosine(1e-3, ALL_TOKENS / 50, ALL_TOKENS, 0.1);
        assertThat(judge(run(PlateauRuleTest::powerLaw, 0.05, 1), cosine))
                .isInstanceOfSatisfying(
                        PlateauVerdict.NotYet.class,
                        verdict -> assertThat(verdict.reason()).contains("fell to 10 % of its peak"));
        assertThat(judge(run(PlateauRuleTest::flat, 0.05, 1), cosine))
                .isInstanceOf(PlateauVerdict.ScheduleLimited.class);
    }

    /** The run with the rate of each point. */
    private static SmoothedCurve rated(RunCurve run, IntFunction<OptionalDouble> rate) {
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            CurvePoint p = run.points().get(i);
            points.add(new CurvePoint(
                    p.step(), p.tokens(), p.computeFlops(), p.executedFlops(), p.lossNats(), rate.apply(i)));
        }
        return SmoothedCurve.of(RunCurve.of("rated", 1e6, points), Stiffness.crossValidated())
                .result()
                .orElseThrow();
    }

    private static PlateauVerdict judgeRated(DoubleUnaryOperator loss, IntFunction<OptionalDouble> rate) {
        SmoothedCurve curve = rated(run(loss, 0.05, 1), rate);
        return PlateauRule.judge(curve, LearningRates.of(curve.run()), BOOTSTRAP);
    }

    @Test
    void ratesThatAreMissingOnSomeRowsAreNoDeadRates() {
        PlateauVerdict everyOther =
                judgeRated(PlateauRuleTest::flat, i -> i % 2 == 0 ? OptionalDouble.of(1e-3) : OptionalDouble.empty());
        assertThat(everyOther).isInstanceOf(PlateauVerdict.Plateau.class);
        PlateauVerdict dead = judgeRated(
                PlateauRuleTest::flat,
                i -> i % 2 == 0 ? OptionalDouble.of(i < STEPS / 2 ? 1e-3 : 1e-6) : OptionalDouble.empty());
        assertThat(dead).isInstanceOf(PlateauVerdict.ScheduleLimited.class);
    }

    @Test
    void aFloorUnderAnUnknownRateIsUndecidedAndAsksForTheRate() {
        assertThat(judgeRated(PlateauRuleTest::flat, i -> OptionalDouble.empty()))
                .isInstanceOfSatisfying(
                        PlateauVerdict.Undecided.class,
                        verdict -> assertThat(verdict.reason()).contains("no learning rate is known", "column lr"));
        assertThat(judgeRated(PlateauRuleTest::flat, i -> i < 99 ? OptionalDouble.of(1e-3) : OptionalDouble.empty()))
                .isInstanceOf(PlateauVerdict.Undecided.class);
        assertThat(judgeRated(PlateauRuleTest::powerLaw, i -> OptionalDouble.empty()))
                .isInstanceOf(PlateauVerdict.NotYet.class);
    }

    @Test
    void ratesOfAFileThatStillRiseAreAWarmUp() {
        assertThat(judgeRated(PlateauRuleTest::flat, i -> OptionalDouble.of(1e-6 * (i + 1)))
                        .reason())
                .contains("warming up");
        assertThat(judgeRated(PlateauRuleTest::flat, i -> OptionalDouble.of(Math.min(1e-3, 1e-5 * (i + 1)))))
                .isInstanceOf(PlateauVerdict.Plateau.class);
    }

    @Test
    void aLossThatComesBackUpIsOverfittingWithItsMinimum() {
        DoubleUnaryOperator overfit =
                tokens -> powerLaw(tokens) + 0.25 * Math.pow(Math.max(0, tokens / ALL_TOKENS - 0.4), 1.5);
        assertThat(judge(run(overfit, 0.05, 1), CONSTANT))
                .isInstanceOfSatisfying(PlateauVerdict.Overfitting.class, verdict -> {
                    assertThat(verdict.minimumNats()).isBetween(2.4, 2.8);
                    assertThat(verdict.minimumFlops()).isBetween(6e6 * 0.35 * ALL_TOKENS, 6e6 * 0.75 * ALL_TOKENS);
                });
    }

    @Test
    void aHeldOutLossThatComesBackUpIsOverfittingEvenIfTheTrainingLossFalls() {
        RunCurve run = run(PlateauRuleTest::powerLaw, 0.05, 1)
                .plusFinals(List.of(
                        new FinalPoint(5e6, 5e6, 3e13, 2.6),
                        new FinalPoint(1e7, 1e7, 6e13, 2.5),
                        new FinalPoint(2e7, 2e7, 1.2e14, 2.56)));
        assertThat(judge(run, CONSTANT)).isInstanceOfSatisfying(PlateauVerdict.Overfitting.class, verdict -> {
            assertThat(verdict.minimumNats()).isEqualTo(2.5);
            assertThat(verdict.minimumFlops()).isEqualTo(6e13);
        });
    }

    /** What is learned by heart lowers the training loss alone. */
    @Test
    void aHeldOutLossThatStaysIsAFloorWhileTheTrainingLossFalls() {
        DoubleUnaryOperator learnedByHeart =
                tokens -> flat(tokens) - 0.02 * Math.log(1 + tokens / (0.05 * ALL_TOKENS)) / Math.log(2);
        RunCurve run = run(learnedByHeart, 0.05, 1);
        List<FinalPoint> evaluations = new ArrayList<>();
        for (double tokens = ALL_TOKENS; tokens > ALL_TOKENS / 100; tokens /= 2) {
            evaluations.add(new FinalPoint(
                    tokens, tokens, run.computeFlops(run.size() - 1) * tokens / ALL_TOKENS, flat(tokens)));
        }
        assertThat(judge(run, CONSTANT)).isInstanceOfSatisfying(PlateauVerdict.NotYet.class, verdict -> {
            assertThat(verdict.reason()).contains("lowered the loss by");
            assertThat(verdict.next().fallNats().value()).isBetween(0.01, 0.025);
        });
        assertThat(judge(run.plusFinals(evaluations), CONSTANT))
                .isInstanceOfSatisfying(PlateauVerdict.Plateau.class, verdict -> {
                    assertThat(verdict.reason())
                            .contains("the held-out loss has been within")
                            .contains("next doubling");
                    assertThat(verdict.lInf().value()).isBetween(2.39, 2.41);
                    assertThat(verdict.next().fallNats().covers(0)).isTrue();
                });
        assertThat(judge(run.plusFinals(evaluations.subList(0, 2)), CONSTANT))
                .isInstanceOf(PlateauVerdict.NotYet.class);
    }

    @Test
    void aFallingRateLeavesNoForecastOfTheNextDoubling() {
        Schedule cosine = new Schedule.WarmupCosine(1e-3, ALL_TOKENS / 50, ALL_TOKENS, 0.1);
        assertThat(judge(run(PlateauRuleTest::powerLaw, 0.05, 1), cosine).next())
                .isNull();
        assertThat(judge(run(PlateauRuleTest::powerLaw, 0.05, 1), CONSTANT).next())
                .isNotNull();
    }

    @Test
    void aCurveThatClimbsBackOrAStateThatSaysSoIsDiverged() {
        DoubleUnaryOperator explodes = tokens -> powerLaw(tokens) + (tokens > 0.8 * ALL_TOKENS ? 3 : 0);
        assertThat(judge(run(explodes, 0.05, 1), CONSTANT)).isInstanceOf(PlateauVerdict.Diverged.class);
        assertThat(PlateauRule.judge(run(PlateauRuleTest::flat, 0.05, 1), CONSTANT, RunState.DIVERGED, BOOTSTRAP))
                .isInstanceOf(PlateauVerdict.Diverged.class);
    }

    @Test
    void shortAndWarmingCurvesAreUndecided() {
        RunCurve empty = RunCurve.of("run", 1e6, List.of());
        assertThat(judge(empty, CONSTANT).reason()).contains("no points");
        RunCurve few = PlantedCurves.run("run", 1e6, 6, 100, d -> 3, 0, new SplittableRandom(1));
        assertThat(judge(few, CONSTANT)).isInstanceOf(PlateauVerdict.Undecided.class);
        Schedule warming = new Schedule.Constant(1e-3, 10 * ALL_TOKENS);
        assertThat(judge(run(PlateauRuleTest::flat, 0.05, 1), warming).reason()).contains("warming up");
    }

    @Test
    void theFloorFitFindsThePlantedFloorOfAnExactCurve() {
        SmoothedCurve curve = SmoothedCurve.of(run(d -> 2.1 + 30 * Math.pow(d, -0.4), 0, 1), Stiffness.crossValidated())
                .result()
                .orElseThrow();
        OffsetPowerLaw fit = Tail.of(JudgedCurve.of(curve)).withFloor();
        assertThat(fit.floor()).isBetween(2.095, 2.105);
        assertThat(fit.decay()).isBetween(0.38, 0.42);
    }
}
