package org.plmfrontier.trainer.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.random.SplitMix64;

class PairedScoresTest {
    private static final double[] MEASURED = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    @Test
    void equalValuesShareTheAverageOfTheirRanks() {
        // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
        PairedScores scores = new PairedScores(new double[] {1, 5, 5, 9}, new double[] {-1, 2, 1, 3});
        assertThat(scores.spearman(scores.each()).orElseThrow()).isCloseTo(Math.sqrt(0.9), within(1e-15));
    }

    @Test
    void anOrderThatIsTheSameOrReversedGivesOne() {
        double[] reversed = new double[10];
        for (int i = 0; i < 10; i++) {
            reversed[i] = -Math.exp(MEASURED[i]);
        }
        PairedScores same = new PairedScores(MEASURED, MEASURED);
        PairedScores other = new PairedScores(MEASURED, reversed);
        assertThat(same.spearman(same.each())).hasValue(1);
        assertThat(other.spearman(other.each())).hasValue(-1);
    }

    @Test
    void countsAreAsIfEveryThingStoodThereThatOften() {
        SplitMix64 random = new SplitMix64(3);
        double[] measured = new double[40];
        double[] predicted = new double[40];
        boolean[] labels = new boolean[40];
        int[] counts = new int[40];
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            measured[i] = random.nextInt(12);
            predicted[i] = measured[i] + random.nextInt(12);
            labels[i] = measured[i] > 6;
            counts[i] = random.nextInt(3);
            for (int j = 0; j < counts[i]; j++) {
                drawn.add(i);
            }
        }
        PairedScores weighted = new PairedScores(measured, predicted);
        PairedScores written = new PairedScores(
                drawn.stream().mapToDouble(i -> measured[i]).toArray(),
                drawn.stream().mapToDouble(i -> predicted[i]).toArray());
        boolean[] writtenLabels = new boolean[drawn.size()];
        for (int i = 0; i < writtenLabels.length; i++) {
            writtenLabels[i] = labels[drawn.get(i)];
        }
        int[] each = written.each();
        assertThat(weighted.spearman(counts).orElseThrow())
                .isCloseTo(written.spearman(each).orElseThrow(), within(1e-14));
        assertThat(weighted.topRecall(counts)).isEqualTo(written.topRecall(each));
        assertThat(weighted.auc(labels, counts).orElseThrow())
                .isCloseTo(written.auc(writtenLabels, each).orElseThrow(), within(1e-14));
    }

    @Test
    void theAreaUnderTheCurveCountsPairsAndTiesHalf() {
        PairedScores scores = new PairedScores(new double[] {0, 0, 1, 1}, new double[] {1, 2, 2, 3});
        boolean[] labels = {false, false, true, true};
        assertThat(scores.auc(labels, scores.each())).hasValue(3.5 / 4);
    }

    @Test
    void topRecallLooksAtTheBestTenthOfEach() {
        double[] measured = new double[40];
        double[] predicted = new double[40];
        for (int i = 0; i < 40; i++) {
            measured[i] = i;
            predicted[i] = i == 39 || i == 37 ? -1 : i;
        }
        // Best four: 36 to 39; predicted best four: 38, 36, 35, 34.
        PairedScores scores = new PairedScores(measured, predicted);
        assertThat(scores.topRecall(scores.each())).hasValue(0.5);
    }

    @Test
    void nothingIsSaidOfTwoThingsNorOfScoresThatAreAllEqual() {
        PairedScores two = new PairedScores(new double[] {1, 2}, new double[] {1, 2});
        PairedScores constant = new PairedScores(MEASURED, new double[10]);
        boolean[] labels = {true, false, true, false, true, false, true, false, true, false};
        assertThat(two.spearman(two.each())).isEmpty();
        assertThat(two.topRecall(two.each())).isEmpty();
        assertThat(constant.spearman(constant.each())).isEmpty();
        assertThat(constant.topRecall(constant.each())).isEmpty();
        assertThat(constant.auc(labels, constant.each())).isEmpty();
        PairedScores good = new PairedScores(MEASURED, MEASURED);
        assertThat(good.auc(new boolean[10], good.each())).isEmpty();
    }

    @Test
    void whatIsNoNumberHasNoRank() {
        assertThatThrownBy(() -> new PairedScores(new double[] {1, Double.NaN}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
