package org.plmfrontier.fitting.isoflop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

class Approach2Test {
    private static final HoffmannLaw LAW =
            new HoffmannLaw(Math.log(1.69), Math.log(406.4), Math.log(410.7), 0.34, 0.34);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 3);

    /** Sizes at equal distances around the true optimum, moved by a factor. */
    private static List<IsoFlopProfile> study(int sizes, double factor, double moved, double noise) {
        SplittableRandom random = new SplittableRandom(1);
        List<IsoFlopProfile> profiles = new ArrayList<>();
        for (double budget = 1e17; budget < 2e20; budget *= 10) {
            List<IsoFlopPoint> points = new ArrayList<>();
            for (int i = 0; i < sizes; i++) {
                double n = moved * LAW.parametersAt(budget) * Math.pow(factor, i - 0.5 * (sizes - 1));
                double d = budget / (6 * n);
                points.add(new IsoFlopPoint(
                        "run-" + budget + "-" + i, n, d, LAW.lossAt(n, d) + noise * random.nextGaussian()));
            }
            profiles.add(new IsoFlopProfile(budget, points));
        }
        return profiles;
    }

    private static IsoFlopFrontier fitted(List<IsoFlopProfile> study) {
        return Approach2.usual().fit(study, BOOTSTRAP).result().orElseThrow();
    }

    @Test
    void findsTheVerticesAndExponentsOfASymmetricSurfaceExactly() {
        IsoFlopFrontier frontier = fitted(study(7, 1.6, 1, 0));
        assertThat(frontier.a().value()).isCloseTo(LAW.a(), within(1e-6));
        assertThat(frontier.b().value()).isCloseTo(LAW.b(), within(1e-6));
        assertThat(frontier.flags()).isEmpty();
        Vertex vertex = frontier.vertices().get(1);
        double best = LAW.parametersAt(vertex.budgetFlops());
        assertThat(vertex.parameters().value()).isCloseTo(best, within(1e-3 * best));
        assertThat(vertex.tokens().value() * vertex.parameters().value() * 6)
                .isCloseTo(vertex.budgetFlops(), within(1e-3 * vertex.budgetFlops()));
    }

    @Test
    void theLossBetweenTwoBudgetsFollowsItsBend() {
        IsoFlopFrontier frontier = fitted(study(9, 1.3, 1, 0));
        for (double budget : new double[] {3e17, 3e18, 3e19}) {
            double truth = LAW.optimum(budget).lossNats();
            assertThat(frontier.lossAt(budget).result().orElseThrow().value()).isCloseTo(truth, within(0.01));
        }
        assertThat(frontier.lossAt(1e16)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    /** The same scatter, of runs that stand at one budget each or at all of them. */
    @Test
    void aRunThatStandsAtSeveralBudgetsIsOffAtAllOfThem() {
        List<IsoFlopProfile> apart = study(7, 1.6, 1, 0.01);
        List<IsoFlopProfile> shared = apart.stream()
                .map(profile -> new IsoFlopProfile(
                        profile.budgetFlops(),
                        IntStream.range(0, profile.points().size())
                                .mapToObj(i -> new IsoFlopPoint(
                                        "size-" + i,
                                        profile.points().get(i).parameters(),
                                        profile.points().get(i).tokens(),
                                        profile.points().get(i).lossNats()))
                                .toList()))
                .toList();
        assertThat(fitted(shared).noiseNats()).isEqualTo(fitted(apart).noiseNats());
        double ofApart = fitted(apart).parametersAt(1e19).result().orElseThrow().width();
        double ofShared =
                fitted(shared).parametersAt(1e19).result().orElseThrow().width();
        assertThat(ofShared).isGreaterThan(1.3 * ofApart);
    }

    @Test
    void noiseWidensTheIntervalsWhichHoldTheTruth() {
        IsoFlopFrontier quiet = fitted(study(7, 1.6, 1, 0.002));
        IsoFlopFrontier loud = fitted(study(7, 1.6, 1, 0.01));
        assertThat(loud.a().width()).isGreaterThan(2 * quiet.a().width());
        assertThat(quiet.a().covers(LAW.a())).isTrue();
        assertThat(loud.noiseNats()).isBetween(0.004, 0.02);
    }

    @Test
    void lopsidedAndSmallGridsAreFlagged() {
        assertThat(codes(fitted(study(7, 1.6, 3, 0)))).contains("VERTEX_NEAR_EDGE");
        assertThat(codes(fitted(study(4, 1.6, 1, 0)))).contains("FEW_SIZES");
        assertThat(codes(fitted(study(5, 1.6, 1, 0).subList(0, 2)))).contains("FEW_BUDGETS");
    }

    @Test
    void aGridThatMissesTheOptimumGivesNoVertex() {
        assertThat(Approach2.usual().fit(study(5, 1.5, 40, 0), BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("outside the sizes"));
    }

    @Test
    void twoSizesPerBudgetGiveNoParabola() {
        assertThat(Approach2.usual().fit(study(2, 1.5, 1, 0), BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("needs three"));
    }

    @Test
    void threeSizesPerBudgetTellNoIntervalUnlessTheNoiseIsKnown() {
        List<IsoFlopProfile> three = study(3, 1.6, 1, 0.002);
        assertThat(Approach2.usual().fit(three, BOOTSTRAP))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("three sizes fix each parabola"));
        IsoFlopFrontier told = Approach2.usual()
                .withNoiseOfAtLeast(0.002)
                .fit(three, BOOTSTRAP)
                .result()
                .orElseThrow();
        assertThat(told.noiseNats()).isEqualTo(0.002);
        assertThat(told.a().covers(LAW.a())).isTrue();
        assertThat(told.a().width()).isGreaterThan(0.01);
    }

    @Test
    void modelsFarFromTheBestStayOut() {
        List<IsoFlopProfile> wide = study(15, 1.8, 1, 0);
        Approach2 all = new Approach2(Double.POSITIVE_INFINITY, 0);
        assertThat(codes(all.fit(wide, BOOTSTRAP).result().orElseThrow())).contains("WIDE_GRID");
        assertThat(codes(fitted(wide))).doesNotContain("WIDE_GRID");
    }

    @Test
    void severalRunsOfTheLargestSizeLeaveTheVertexFinite() {
        List<IsoFlopProfile> repeated = new ArrayList<>();
        for (IsoFlopProfile profile : study(5, 1.6, 0.37, 0)) {
            List<IsoFlopPoint> points = new ArrayList<>(profile.points());
            IsoFlopPoint largest = points.get(points.size() - 1);
            points.add(largest);
            points.add(largest);
            repeated.add(new IsoFlopProfile(profile.budgetFlops(), points));
        }
        IsoFlopFrontier frontier = fitted(repeated);
        assertThat(frontier.a().value()).isFinite();
        assertThat(frontier.vertices())
                .allSatisfy(vertex -> assertThat(vertex.tokens().value()).isFinite());
    }

    private static List<String> codes(IsoFlopFrontier frontier) {
        return frontier.flags().stream().map(Flag::code).toList();
    }
}
