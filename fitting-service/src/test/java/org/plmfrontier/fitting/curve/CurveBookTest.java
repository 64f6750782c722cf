package org.plmfrontier.fitting.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CurveBookTest {
    private static final RunCurve RUN =
            PlantedCurves.run("r", 1e6, 3000, 100, d -> 2 + 1 / d, 0.01, new SplittableRandom(1));
    private static final List<FinalPoint> FINALS =
            List.of(new FinalPoint(1000, 1000, 6e9, 2.5), new FinalPoint(2000, 2001, 12e9, 2.4));

    @RepeatedTest(5)
    void anyOrderAndAnyRepetitionGiveTheSameBook(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        StepThinning thinning = new StepThinning(64);
        CurveBook inOrder = CurveBook.empty(thinning)
                .withRun("r", 1e6)
                .withRun("s", 2e6)
                .plus("r", RUN.points())
                .plusFinals("r", FINALS);
        List<CurvePoint> shuffled = PlantedCurves.shuffled(RUN.points(), repetition.getCurrentRepetition());
        CurveBook book = CurveBook.empty(thinning).withRun("s", 2e6).withRun("r", 1e6);
        int from = 0;
        while (from < shuffled.size()) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(400));
            book = book.plus("r", shuffled.subList(from, to)).plusFinals("r", FINALS.reversed());
            if (random.nextBoolean()) {
                book = book.plus("r", shuffled.subList(random.nextInt(from + 1), to));
            }
            from = to;
        }
        assertThat(book).isEqualTo(inOrder);
        assertThat(book.curve("r").orElseThrow().points())
                .isEqualTo(inOrder.curve("r").orElseThrow().points());
    }

    @Test
    void oneStepWithTwoValuesDoesNotDependOnTheOrderOfArrival() {
        CurvePoint low = new CurvePoint(5, 10, 20, 20, 2.0, 0);
        CurvePoint high = new CurvePoint(5, 10, 20, 20, 2.1, 0);
        assertThat(RunCurve.of("r", 1, List.of(low, high))).isEqualTo(RunCurve.of("r", 1, List.of(high, low)));
        assertThat(RunCurve.of("r", 1, List.of(high)).plus(List.of(low)).points())
                .containsExactly(low);
    }

    @Test
    void thinningKeepsTheFirstStepsTheLastAndAtMostSoManyPerDoubling() {
        StepThinning thinning = new StepThinning(32);
        RunCurve run = RunCurve.empty("r", 1e6, thinning).plus(RUN.points());
        assertThat(run.points().subList(0, 32)).isEqualTo(RUN.points().subList(0, 32));
        assertThat(run.last()).isEqualTo(RUN.last());
        for (long octave = 32; octave < 3000; octave *= 2) {
            long low = octave;
            assertThat(run.points().stream()
                            .filter(p -> p.step() > low && p.step() <= 2 * low)
                            .count())
                    .isBetween(15L, 33L);
        }
    }

    @Test
    void nothingNewGivesTheSameObject() {
        assertThat(RUN.plus(RUN.points().subList(5, 50))).isSameAs(RUN);
        CurveBook book = CurveBook.empty(StepThinning.NONE).withRun("r", 1);
        assertThat(book.plus("r", List.of())).isSameAs(book);
    }

    @Test
    void anUnknownRunAndAnotherSizeAreRefused() {
        CurveBook book = CurveBook.empty(StepThinning.USUAL).withRun("r", 1e6);
        assertThatThrownBy(() -> book.plus("x", List.of())).hasMessageContaining("x");
        assertThatThrownBy(() -> book.withRun("r", 2e6)).hasMessageContaining("2000000");
    }

    @Test
    void tokensAtComputeAreInterpolated() {
        assertThat(RUN.tokensAt(6e6 * 150)).isEqualTo(150);
        assertThat(RUN.tokensAt(6e6 * 50)).isEqualTo(50);
        assertThatThrownBy(() -> RUN.tokensAt(6e6 * 300_001)).hasMessageContaining("not yet");
    }

    @Test
    void aPlotGetsFewPointsWithBothEnds() {
        List<CurvePoint> plotted = Decimation.forPlot(RUN, 100);
        assertThat(plotted).hasSizeBetween(40, 100).startsWith(RUN.points().get(0));
        assertThat(plotted.get(plotted.size() - 1)).isEqualTo(RUN.last().orElseThrow());
        assertThat(Decimation.forPlot(RUN, 5000)).isEqualTo(RUN.points());
    }
}
