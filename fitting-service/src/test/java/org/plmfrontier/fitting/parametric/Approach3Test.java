package org.plmfrontier.fitting.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

class Approach3Test {
    private static final HoffmannLaw CHINCHILLA =
            new HoffmannLaw(Math.log(1.69), Math.log(406.4), Math.log(410.7), 0.34, 0.28);
    private static final KaplanLaw KAPLAN = new KaplanLaw(0.076, 0.103, Math.log(6.4e13), Math.log(1.8e13));

    @Test
    void recoversAnExactHoffmannSurface() {
        RobustFit fit = fitted(Approach3.hoffmann(), PlantedStudies.grid(CHINCHILLA, 6, 5, 0, 1));
        HoffmannLaw law = (HoffmannLaw) fit.surface();
        assertThat(law.lnE()).isCloseTo(CHINCHILLA.lnE(), within(1e-5));
        assertThat(law.lnA()).isCloseTo(CHINCHILLA.lnA(), within(1e-4));
        assertThat(law.lnB()).isCloseTo(CHINCHILLA.lnB(), within(1e-4));
        assertThat(law.alpha()).isCloseTo(0.34, within(1e-5));
        assertThat(law.beta()).isCloseTo(0.28, within(1e-5));
    }

    @Test
    void recoversAnExactKaplanSurface() {
        RobustFit fit = fitted(Approach3.kaplan(), PlantedStudies.grid(KAPLAN, 6, 5, 0, 1));
        KaplanLaw law = (KaplanLaw) fit.surface();
        assertThat(law.alphaN()).isCloseTo(0.076, within(1e-5));
        assertThat(law.alphaD()).isCloseTo(0.103, within(1e-5));
        assertThat(law.lnNc()).isCloseTo(KAPLAN.lnNc(), within(1e-2));
        assertThat(law.lnDc()).isCloseTo(KAPLAN.lnDc(), within(1e-2));
    }

    @Test
    void convergesOnNoisyDataAndSaysHow() {
        RobustFit fit = fitted(Approach3.hoffmann(), PlantedStudies.grid(CHINCHILLA, 8, 6, 0.01, 2));
        assertThat(fit.convergence().gradientNorm()).isLessThan(1e-5);
        assertThat(fit.convergence().starts()).isEqualTo(64);
        assertThat(fit.convergence().shareAtBest()).isGreaterThan(0.5);
        assertThat(fit.surface().a()).isCloseTo(CHINCHILLA.a(), within(0.06));
    }

    @Test
    void aFewWildLossesHardlyMoveIt() {
        Observations clean = PlantedStudies.grid(CHINCHILLA, 8, 6, 0.005, 3);
        double[] losses = clean.lossNats().clone();
        losses[5] += 1;
        losses[20] += 0.7;
        losses[33] -= 0.5;
        Observations spoiled = new Observations(clean.run(), clean.parameters(), clean.tokens(), losses);
        assertThat(fitted(Approach3.hoffmann(), spoiled).surface().a())
                .isCloseTo(fitted(Approach3.hoffmann(), clean).surface().a(), within(0.02));
    }

    @Test
    void intervalsHoldTheTruthAndRepeatWithTheirSeed() {
        Observations study = PlantedStudies.grid(CHINCHILLA, 6, 5, 0.005, 4);
        Bootstrap bootstrap = new Bootstrap(200, 0.95, 11);
        ParametricFrontier frontier =
                Approach3.hoffmann().fit(study, bootstrap).result().orElseThrow();
        Estimate a = frontier.a().result().orElseThrow();
        assertThat(a.covers(CHINCHILLA.a())).isTrue();
        assertThat(a.width()).isBetween(0.005, 0.3);
        assertThat(frontier.estimate(LossSurface::a).covers(CHINCHILLA.a())).isTrue();
        assertThat(frontier.b().result().orElseThrow().covers(CHINCHILLA.b())).isTrue();
        assertThat(Approach3.hoffmann()
                        .fit(study, bootstrap)
                        .result()
                        .orElseThrow()
                        .a())
                .isEqualTo(frontier.a());
        Estimate n = frontier.parametersAt(1e18).result().orElseThrow();
        assertThat(n.covers(CHINCHILLA.parametersAt(1e18))).isTrue();
        assertThat(frontier.parametersAt(1e30)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void studiesThatCannotDetermineASurfaceAreRefused() {
        assertThat(Approach3.hoffmann().fit(PlantedStudies.grid(CHINCHILLA, 2, 6, 0.01, 5)))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason())
                                .contains("4 different N")
                                .contains("2 N and 6 D")
                                .contains("a further size"));
        assertThat(Approach3.hoffmann()
                        .fit(Observations.of(List.of(new Observation("r", 1, 1, 1), new Observation("s", 2, 2, 1)))))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("at least 6"));
        Observations study = PlantedStudies.grid(CHINCHILLA, 4, 4, 0, 1);
        double[] equal = study.lossNats().clone();
        Arrays.fill(equal, 2.5);
        assertThat(Approach3.hoffmann().fit(new Observations(study.run(), study.parameters(), study.tokens(), equal)))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("all losses"));
    }

    @Test
    void threeSizesOrThreeBudgetsDetermineNothing() {
        for (Approach3 approach : List.of(Approach3.hoffmann(), Approach3.kaplan())) {
            assertThat(approach.fit(PlantedStudies.grid(CHINCHILLA, 3, 8, 0.003, 5)))
                    .isInstanceOfSatisfying(
                            FitOutcome.NotIdentifiable.class,
                            r -> assertThat(r.reason()).contains("3 N and 8 D").contains("a further size"));
            assertThat(approach.fit(PlantedStudies.grid(CHINCHILLA, 8, 3, 0.003, 5)))
                    .isInstanceOfSatisfying(
                            FitOutcome.NotIdentifiable.class,
                            r -> assertThat(r.reason()).contains("8 N and 3 D").contains("a further token budget"));
        }
    }

    /** Sizes that differ by rounding alone are one size. */
    @Test
    void sizesWithinTwoPerCentAreOne() {
        assertThat(Observations.distinct(new double[] {1e8, 1.01e8, 1.019e8, 3e8, 9e8, 9.05e8}))
                .isEqualTo(3);
    }

    @Test
    void optimaOutsideOfAllSizesTriedAreSaidToBeAndFarOnesAreNotQuoted() {
        HoffmannLaw smaller = new HoffmannLaw(Math.log(1.69), Math.log(0.5), Math.log(4107), 0.2, 0.34);
        ParametricFrontier near = Approach3.hoffmann()
                .fit(PlantedStudies.grid(CHINCHILLA, 6, 5, 0.004, 6), new Bootstrap(60, 0.95, 1))
                .result()
                .orElseThrow();
        assertThat(near.flags()).extracting(Flag::code).doesNotContain("OPTIMUM_OUTSIDE_TRIED");
        ParametricFrontier far = Approach3.hoffmann()
                .fit(PlantedStudies.grid(smaller, 6, 5, 0.0002, 6), new Bootstrap(60, 0.95, 1))
                .result()
                .orElseThrow();
        double observed = far.minFlops();
        assertThat(smaller.parametersAt(observed)).isLessThan(1e5);
        assertThat(far.flags()).extracting(Flag::code).contains("OPTIMUM_OUTSIDE_TRIED");
        assertThat(far.parametersAt(observed))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason())
                                .contains("outside the sizes")
                                .contains("train models nearer"));
    }

    @Test
    void intervalsOfTwoSeedsAgreeAndHoldTheValueBetweenTheirEnds() {
        Observations study = PlantedStudies.grid(CHINCHILLA, 20, 12, 0.01, 8);
        List<Estimate> sizes = new ArrayList<>();
        for (long seed = 1; seed <= 4; seed++) {
            ParametricFrontier frontier = Approach3.hoffmann()
                    .fit(study, new Bootstrap(200, 0.95, seed))
                    .result()
                    .orElseThrow();
            sizes.add(frontier.parametersAt(1e17).result().orElseThrow());
        }
        for (Estimate size : sizes) {
            assertThat(size.value() - size.low()).isGreaterThan(0.2 * size.width());
            assertThat(size.high() - size.value()).isGreaterThan(0.2 * size.width());
            assertThat(size.width()).isCloseTo(sizes.get(0).width(), within(0.35 * size.width()));
        }
    }

    @Test
    void severalLossesOfARunAreResampledTogetherAndSaidSo() {
        Observations study = PlantedStudies.grid(CHINCHILLA, 6, 5, 0.005, 4);
        String[] bySize =
                Arrays.stream(study.parameters()).mapToObj(n -> "n" + n).toArray(String[]::new);
        ParametricFrontier frontier = Approach3.hoffmann()
                .fit(
                        new Observations(bySize, study.parameters(), study.tokens(), study.lossNats()),
                        new Bootstrap(200, 0.95, 11))
                .result()
                .orElseThrow();
        assertThat(frontier.a().result().orElseThrow()).isEqualTo(frontier.estimate(LossSurface::a));
        assertThat(frontier.flags()).extracting(Flag::code).contains("SEVERAL_LOSSES_PER_RUN");
    }

    @Test
    void pureNoiseHasNoExponent() {
        Observations study = PlantedStudies.grid(CHINCHILLA, 5, 4, 0, 1);
        SplittableRandom random = new SplittableRandom(9);
        double[] noise = new double[study.size()];
        Arrays.setAll(noise, i -> 3 + 0.1 * random.nextGaussian());
        FitOutcome<Estimate> a = Approach3.hoffmann()
                .fit(
                        new Observations(study.run(), study.parameters(), study.tokens(), noise),
                        new Bootstrap(100, 0.95, 1))
                .flatMap(ParametricFrontier::a);
        assertThat(a.result()).isEmpty();
    }

    @Test
    void aSurfaceWithoutAFloorIsFlagged() {
        HoffmannLaw floorless = new HoffmannLaw(Math.log(0.001), Math.log(8), Math.log(20), 0.1, 0.12);
        assertThat(flags(floorless)).contains("NO_FLOOR");
        assertThat(flags(CHINCHILLA)).doesNotContain("NO_FLOOR");
    }

    private static List<String> flags(HoffmannLaw law) {
        return Approach3.hoffmann()
                .fit(PlantedStudies.grid(law, 6, 5, 0.002, 6), new Bootstrap(20, 0.95, 1))
                .result()
                .orElseThrow(
                        () -> new AssertionError(Approach3.hoffmann().fit(PlantedStudies.grid(law, 6, 5, 0.002, 6))))
                .flags()
                .stream()
                .map(Flag::code)
                .toList();
    }

    private static RobustFit fitted(Approach3 approach, Observations observations) {
        return approach.fit(observations).result().orElseThrow(() -> new AssertionError(approach.fit(observations)));
    }
}
