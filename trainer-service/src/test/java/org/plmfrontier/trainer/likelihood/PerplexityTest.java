package org.plmfrontier.trainer.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.protein.ByLetter;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.variant.ScanFiles;

class PerplexityTest {
    private static final ModelShape MASKED = ModelShape.esm2(1, 16, 2);
    private static final ModelShape CAUSAL = ModelShape.causal(1, 16, 2);
    private static final String LETTERS = "ACDEFGHIKLMNPQRSTVWY";

    @TempDir
    Path folder;

    private ScanFiles files;

    @BeforeEach
    void files() {
        files = new ScanFiles(folder);
    }

    @Test
    void underEveryMaskingSelectedResiduesOfAllProteinsCountAlike() throws Exception {
        files.with("proteins", "p.fasta", fasta(60, 1)).option("maskings", "3").option("pseudoSequences", "0");
        ByLetter model = new ByLetter(MASKED);
        DownstreamEvaluation.Outcome outcome = read().measure(model);
        assertThat(outcome.measures()).extracting(Measure::metric).containsExactly("perplexity", "maskPerplexity");
        Measure all = outcome.measures().getFirst();
        Measure onMask = outcome.measures().getLast();
        // 15 % of 20 to 79 residues, rounded per protein, three times; 80 % of them show MASK.
        long selected = 0;
        for (int i = 0; i < 60; i++) {
            selected += Math.round(0.15 * (20 + i));
        }
        assertThat(all.count()).isEqualTo(3 * selected);
        assertThat((double) onMask.count() / all.count()).isBetween(0.75, 0.85);
        assertThat(all.low()).isLessThan(all.value());
        assertThat(all.high()).isGreaterThan(all.value());
        assertThat(all.value()).isBetween(exp(4), exp(23));
        assertThat(model.largestBatch()).isBetween(2048, 4096);
        assertThat(outcome.findings()).singleElement().asString().contains("the 3 maskings");
    }

    @Test
    void pseudoPerplexityIsOfEveryResidueOnce() throws Exception {
        files.with("proteins", "p.fasta", ">a\nAAAC\n>b\nCY\n").option("maskings", "1");
        Measure pseudo = read().measure(new ByLetter(MASKED)).measures().getLast();
        double sum = 3 * nats('A') + 2 * nats('C') + nats('Y');
        assertThat(pseudo.metric()).isEqualTo("pseudoPerplexity");
        assertThat(pseudo.count()).isEqualTo(6);
        assertThat(pseudo.value()).isCloseTo(Math.exp(sum / 6), within(1e-12));
    }

    @Test
    void aCausalModelIsAskedForEveryNextTokenEndIncluded() throws Exception {
        files.with("proteins", "p.fasta", ">a\nAAAC\n>b\nCY\n");
        DownstreamEvaluation.Outcome outcome = read().measure(new ByLetter(CAUSAL));
        double sum = 3 * nats('A') + 2 * nats('C') + nats('Y') - 2 * ByLetter.logProbability(Vocabulary.END);
        Measure only = outcome.measures().getFirst();
        assertThat(outcome.measures()).hasSize(1);
        assertThat(only.count()).isEqualTo(8);
        assertThat(only.value()).isCloseTo(Math.exp(sum / 8), within(1e-12));
        assertThat(outcome.findings()).singleElement().asString().contains("without maskings");
    }

    @Test
    void theBaselineIsTheFrequenciesOfTheSameProteinsUnderTheSameMasks() throws Exception {
        files.with("proteins", "p.fasta", ">a\nAAAAAAAAAAAAAAAAAAAA\n>b\nAAAAAAAAAAAAAAAAAAAA\n");
        List<Measure> uniform = read().baselines().get("residue frequencies");
        assertThat(uniform)
                .hasSize(3)
                .allSatisfy(measure -> assertThat(measure.value()).isEqualTo(1));
        ScanFiles mixed = new ScanFiles(folder).with("proteins", "q.fasta", fasta(400, 2));
        Perplexity evaluation = Perplexity.read(mixed.spec(EvaluationKind.PERPLEXITY), mixed::path);
        assertThat(evaluation.baselines().get("residue frequencies")).allSatisfy(measure -> {
            // of twenty letters alike, 0.8 ln 20 + 0.1 (0.95 ln 40 + 0.05 ln 1.90) + 0.1 ln 1.90 = ln 16.7
            boolean lookedAt = measure.metric().equals("perplexity");
            assertThat(measure.value()).isBetween(lookedAt ? 15.9 : 19.0, lookedAt ? 17.0 : 20.3);
        });
        assertThat(evaluation.baselines().get("residue frequencies").getFirst().count())
                .isEqualTo(evaluation
                        .measure(new ByLetter(MASKED))
                        .measures()
                        .getFirst()
                        .count());
    }

    @Test
    void ofMoreProteinsThanWantedASampleIsTakenAndSaid() throws Exception {
        files.with("proteins", "p.fasta", fasta(30, 3)).option("proteins", "10").option("pseudoSequences", "4");
        Perplexity evaluation = read();
        assertThat(evaluation.findings()).containsExactly("10 of 30 proteins are measured, drawn with the seed 0");
        DownstreamEvaluation.Outcome outcome = evaluation.measure(new ByLetter(MASKED));
        assertThat(outcome.measures().getLast().count()).isBetween(4 * 20L, 4 * 49L);
        assertThat(read().measure(new ByLetter(MASKED))).isEqualTo(outcome);
        files.option("seed", "1");
        assertThat(read().measure(new ByLetter(MASKED))).isNotEqualTo(outcome);
    }

    @Test
    void aLongProteinIsAWindowOfItsTokensWithTheMarksAtTrueEndsOnly() {
        byte[] tokens = Protein.of("a", "ACDEFGHIKLMNPQRSTVWY").tokens();
        List<Protein> proteins = List.of(new Protein("a", tokens));
        boolean[] starts = new boolean[18];
        for (int seed = 0; seed < 400; seed++) {
            byte[] window = ProteinSample.of(proteins, new LikelihoodOptions(1, 1, 1, 5, seed))
                    .sequences()
                    .getFirst();
            int from = window[0] - Vocabulary.FIRST_RESIDUE + 1;
            from = window[0] == Vocabulary.START ? 0 : from;
            assertThat(window).isEqualTo(java.util.Arrays.copyOfRange(tokens, from, from + 5));
            starts[from] = true;
        }
        assertThat(starts).doesNotContain(false);
    }

    @Test
    void aFileThatIsNoFastaIsRefused() {
        files.with("proteins", "p.fasta", "MKV\n");
        assertThatThrownBy(this::read).hasMessageContaining("p.fasta");
        assertThatThrownBy(() -> Perplexity.read(new ScanFiles(folder).spec(EvaluationKind.PERPLEXITY), files::path))
                .hasMessageContaining("role proteins");
    }

    private Perplexity read() throws Exception {
        return Perplexity.read(files.spec(EvaluationKind.PERPLEXITY), files::path);
    }

    private static double nats(char letter) {
        return -ByLetter.logProbability(Vocabulary.idOf(letter));
    }

    private static double exp(int token) {
        return Math.exp(-ByLetter.logProbability(token));
    }

    /** Proteins of 20, 21 ... uniform residues. */
    private static String fasta(int proteins, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        StringBuilder fasta = new StringBuilder();
        for (int i = 0; i < proteins; i++) {
            fasta.append(">p").append(i).append('\n');
            for (int j = 0; j < 20 + i; j++) {
                fasta.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            fasta.append('\n');
        }
        return fasta.toString();
    }
}
