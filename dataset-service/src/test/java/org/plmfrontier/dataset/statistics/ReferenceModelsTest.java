package org.plmfrontier.dataset.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;

class ReferenceModelsTest {
    private static final double EPSILON = 1e-12;

    @Test
    void lossesEqualTheNaiveSums() {
        List<String> training = Fasta.proteins(50, 1, 40, 4);
        List<String> heldOut = Fasta.proteins(20, 1, 40, 5);
        ReferenceModels models = new ReferenceModels();
        training.forEach(protein -> models.train(tokens(protein)));
        heldOut.forEach(protein -> evaluate(models, protein));
        assertThat(models.losses().uniformNats()).isEqualTo(Math.log(29));
        assertThat(models.losses().unigramNats()).isCloseTo(naive(training, heldOut, 0), within(EPSILON));
        assertThat(models.losses().markovNats()).isCloseTo(naive(training, heldOut, 2), within(EPSILON));
    }

    @Test
    void aPredictableSequenceIsWorthLittleToTheMarkovChainAndMuchToTheFrequencies() {
        ReferenceModels models = new ReferenceModels();
        models.train(tokens("ACD".repeat(10_000)));
        evaluate(models, "ACD".repeat(100));
        assertThat(models.losses().unigramNats()).isCloseTo(Math.log(3), within(0.01));
        assertThat(models.losses().markovNats()).isLessThan(0.05);
    }

    @Test
    void nothingHeldOutHasNoLoss() {
        assertThatThrownBy(new ReferenceModels()::losses).hasMessageContaining("held-out");
    }

    @Test
    void frequenciesAreSharesOfResiduesWithoutMarks() {
        ReferenceModels models = new ReferenceModels();
        models.train(tokens("AAC"));
        assertThat(models.trainingCounts().frequencies())
                .containsExactly(Map.entry("A", 2 / 3.0), Map.entry("C", 1 / 3.0));
    }

    @Test
    void lengthsFallIntoBinsOfFiftyThenIntoDoublingOnes() {
        LengthHistogram histogram = new LengthHistogram();
        for (int length : new int[] {30, 49, 50, 120, 999, 1000, 1999, 2000, 35_000, 1 << 24}) {
            histogram.add(length);
        }
        assertThat(histogram.bins())
                .startsWith(new LengthBin(0, 50, 2), new LengthBin(50, 100, 1), new LengthBin(100, 150, 1));
        assertThat(histogram.bins()).contains(new LengthBin(1000, 2000, 2), new LengthBin(32_000, 64_000, 1));
        assertThat(histogram.bins().stream().mapToLong(LengthBin::count).sum()).isEqualTo(10);
    }

    private static void evaluate(ReferenceModels models, String protein) {
        byte[] tokens = tokens(protein);
        models.evaluate(tokens);
        models.evaluate(new TokenBatch("c", 0, tokens, new int[] {tokens.length}), "c");
    }

    private static double naive(List<String> training, List<String> heldOut, int order) {
        Map<String, Double> counts = new HashMap<>();
        training.forEach(protein -> contexts(protein, order).forEach(key -> {
            counts.merge(key, 1.0, Double::sum);
            counts.merge(key.substring(0, order), 1.0, Double::sum);
        }));
        double sum = 0;
        long residues = 0;
        for (String protein : heldOut) {
            for (String key : contexts(protein, order)) {
                double context = counts.getOrDefault(key.substring(0, order), 0.0);
                sum -= Math.log((counts.getOrDefault(key, 0.0) + 1) / (context + 25));
                residues++;
            }
        }
        return sum / residues;
    }

    private static List<String> contexts(String protein, int order) {
        String padded = "^".repeat(order) + protein;
        return IntStream.range(0, protein.length())
                .mapToObj(i -> padded.substring(i, i + order + 1))
                .toList();
    }

    private static byte[] tokens(String protein) {
        byte[] tokens = new byte[protein.length() + 2];
        tokens[0] = Vocabulary.START;
        for (int i = 0; i < protein.length(); i++) {
            tokens[i + 1] = (byte) Vocabulary.idOf(protein.charAt(i));
        }
        tokens[protein.length() + 1] = Vocabulary.END;
        return tokens;
    }
}
