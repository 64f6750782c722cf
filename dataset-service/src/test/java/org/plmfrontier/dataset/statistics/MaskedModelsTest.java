package org.plmfrontier.dataset.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

/** The trivial models under masks against a loop that spells contexts as words. */
class MaskedModelsTest {
    private static final String LETTERS = "ACDEFGHIKLMNPQRSTVWYBUOZX";
    private static final long SEED = 20261128;

    @Test
    void lossesEqualThoseOfANaiveLoopUnderTheMasksOfTheEvaluation() {
        List<String> training = walks(400, 60, SEED);
        List<TokenBatch> heldOut = batches(walks(60, 60, SEED + 1), 7);
        MaskedReferences losses = evaluate(training, heldOut).masked();
        Naive naive = new Naive(training);
        heldOut.forEach(naive::evaluate);
        assertThat(losses.masking()).isEqualTo(Masking.BERT);
        assertThat(losses.selectedResidues()).isEqualTo(naive.residues);
        assertThat(losses.frequenciesNats()).isCloseTo(naive.frequencies / naive.residues, within(1e-12));
        assertThat(losses.frequenciesOnMaskNats()).isCloseTo(naive.frequenciesOnMask / naive.masks, within(1e-12));
        assertThat(losses.neighboursNats()).isCloseTo(naive.neighbours / naive.residues, within(1e-12));
        assertThat(losses.neighboursOnMaskNats()).isCloseTo(naive.neighboursOnMask / naive.masks, within(1e-12));
    }

    @Test
    void neighboursOnBothSidesTellMoreThanTheFrequenciesWhereLettersFollowEachOther() {
        MaskedReferences losses = evaluate(walks(2000, 60, SEED), batches(walks(100, 60, SEED + 1), 7))
                .masked();
        assertThat(losses.neighboursOnMaskNats()).isLessThan(losses.frequenciesOnMaskNats() - 1);
        assertThat(losses.neighboursNats()).isLessThan(losses.frequenciesNats() - 0.7);
        assertThat(losses.frequenciesNats()).isLessThan(losses.frequenciesOnMaskNats());
    }

    @Test
    void masksAreThoseOfTheRecordsPlaceInTheLog() {
        List<String> training = walks(100, 60, SEED);
        List<String> heldOut = walks(30, 60, SEED + 1);
        ReferenceLosses first = evaluate(training, batches(heldOut, 7));
        assertThat(evaluate(training, batches(heldOut, 7))).isEqualTo(first);
        assertThat(evaluate(training, batches(heldOut.reversed(), 7)).masked()).isNotEqualTo(first.masked());
    }

    @Test
    void whatIsTrainedLaterCountsAndEvaluatingNothingHasNoLoss() {
        ReferenceModels models = new ReferenceModels();
        models.train(tokens("ACDEFGHIKL"));
        models.evaluate(tokens("ACDEFGHIKL"));
        assertThatThrownBy(models::losses).hasMessageContaining("no held-out residue");
    }

    @Test
    void onRealProteinsUnderMasksTheFrequenciesReach2Point72() throws IOException {
        Path folder = Path.of(System.getenv().getOrDefault("FRONTIER_DATA", "../../shared/data"), "proteins");
        Path heldOut = folder.resolve("heldout_valid.fasta.gz");
        Path training = folder.resolve("uniprot_like50_dev.fasta.gz");
        assumeThat(Files.exists(heldOut) && Files.exists(training))
                .as("skipped: the protein sets are not in ../shared/data nor in the folder of FRONTIER_DATA")
                .isTrue();
        ReferenceLosses losses = evaluate(fasta(training), batches(fasta(heldOut), 8));
        MaskedReferences masked = losses.masked();
        System.out.printf(
                "heldout_valid, %,d residues under %s: frequencies %.4f (on MASK %.4f), visible neighbours %.4f (on MASK"
                        + " %.4f); every residue predicted: frequencies %.4f, order-2 Markov chain %.4f nats%n",
                masked.selectedResidues(),
                masked.masking(),
                masked.frequenciesNats(),
                masked.frequenciesOnMaskNats(),
                masked.neighboursNats(),
                masked.neighboursOnMaskNats(),
                losses.unigramNats(),
                losses.markovNats());
        assertThat(losses.unigramNats()).isCloseTo(2.896, within(0.003));
        assertThat(losses.markovNats()).isCloseTo(2.871, within(0.005));
        assertThat(masked.frequenciesOnMaskNats()).isCloseTo(losses.unigramNats(), within(0.01));
        assertThat(masked.frequenciesNats()).isCloseTo(2.719, within(0.01));
        assertThat(masked.neighboursNats()).isBetween(2.67, 2.70);
    }

    private static ReferenceLosses evaluate(List<String> training, List<TokenBatch> heldOut) {
        ReferenceModels models = new ReferenceModels();
        training.forEach(protein -> models.train(tokens(protein)));
        for (TokenBatch batch : heldOut) {
            int from = 0;
            for (int length : batch.lengths()) {
                byte[] sequence = new byte[length];
                System.arraycopy(batch.tokens(), from, sequence, 0, length);
                models.evaluate(sequence);
                from += length;
            }
            models.evaluate(batch, "toy");
        }
        return models.losses();
    }

    /** Walks that favour the next letter but one, some with a rare letter. */
    private static List<String> walks(int count, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> proteins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder protein = new StringBuilder("M");
            int letter = random.nextInt(20);
            for (int k = 1; k < length - random.nextInt(9); k++) {
                letter = random.nextDouble() < 0.8 ? (letter + 2) % 20 : random.nextInt(20);
                protein.append(LETTERS.charAt(random.nextInt(200) == 0 ? 20 + random.nextInt(5) : letter));
            }
            proteins.add(protein.toString());
        }
        return proteins;
    }

    private static List<TokenBatch> batches(List<String> proteins, int each) {
        List<TokenBatch> batches = new ArrayList<>();
        for (int from = 0; from < proteins.size(); from += each) {
            List<byte[]> sequences = proteins.subList(from, Math.min(proteins.size(), from + each)).stream()
                    .map(MaskedModelsTest::tokens)
                    .toList();
            int[] lengths =
                    sequences.stream().mapToInt(sequence -> sequence.length).toArray();
            byte[] joined = new byte[IntStream.of(lengths).sum()];
            int at = 0;
            for (byte[] sequence : sequences) {
                System.arraycopy(sequence, 0, joined, at, sequence.length);
                at += sequence.length;
            }
            batches.add(new TokenBatch("toy", batches.size(), joined, lengths));
        }
        return batches;
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

    /** The first 1022 residues of each protein of at least 30. */
    private static List<String> fasta(Path file) throws IOException {
        List<String> proteins = new ArrayList<>();
        StringBuilder protein = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); ; line = lines.readLine()) {
                if (line != null && !line.startsWith(">")) {
                    protein.append(line.strip());
                    continue;
                }
                if (protein.length() >= 30 && protein.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0)) {
                    proteins.add(protein.substring(0, Math.min(1022, protein.length())));
                }
                protein.setLength(0);
                if (line == null) {
                    return proteins;
                }
            }
        }
    }

    /** Contexts are words: '^' before the first residue, '$' behind the last, '?' where MASK is shown. */
    private static final class Naive {
        private final Map<String, Double> counts = new HashMap<>();
        private double frequencies;
        private double frequenciesOnMask;
        private double neighbours;
        private double neighboursOnMask;
        private long residues;
        private long masks;

        Naive(List<String> training) {
            for (String protein : training) {
                String padded = "^^" + protein + "$$";
                for (int i = 2; i < padded.length() - 2; i++) {
                    String t = padded.substring(i, i + 1);
                    String far = padded.substring(i - 2, i);
                    String farRight = padded.substring(i + 1, i + 3);
                    for (String key : List.of("", "L" + far.charAt(1), "L" + far, "R" + farRight.charAt(0))) {
                        counts.merge(key + ">" + t, 1.0, Double::sum);
                        counts.merge(key + ">", 1.0, Double::sum);
                    }
                    counts.merge("R" + farRight + ">" + t, 1.0, Double::sum);
                    counts.merge("R" + farRight + ">", 1.0, Double::sum);
                }
            }
        }

        void evaluate(TokenBatch batch) {
            MaskedRecord masked = HeldOutMasks.of("toy").mask(batch, batch.index());
            int from = 0;
            for (int length : batch.lengths()) {
                StringBuilder shown = new StringBuilder("^^");
                StringBuilder truth = new StringBuilder("^^");
                for (int i = from + 1; i < from + length - 1; i++) {
                    byte token = masked.input()[i];
                    shown.append(token == Vocabulary.MASK ? '?' : Vocabulary.letterOf(token));
                    truth.append(Vocabulary.letterOf(batch.tokens()[i]));
                }
                shown.append("$$");
                for (int i = 0; i < masked.selected().length; i++) {
                    int place = masked.selected()[i] - from + 1;
                    if (place >= 2 && place < length) {
                        add(shown.toString(), place, truth.charAt(place));
                    }
                }
                from += length;
            }
        }

        private void add(String shown, int place, char truth) {
            double[] plain = new double[25];
            double[] beside = new double[25];
            double total = 0;
            for (int t = 0; t < 25; t++) {
                char letter = LETTERS.charAt(t);
                plain[t] = frequency(letter);
                beside[t] = left(shown, place, letter) * right(shown, place, letter) / plain[t];
                total += beside[t];
            }
            for (int t = 0; t < 25; t++) {
                beside[t] /= total;
            }
            double first = loss(plain, shown.charAt(place), truth);
            double second = loss(beside, shown.charAt(place), truth);
            frequencies += first;
            neighbours += second;
            residues++;
            if (shown.charAt(place) == '?') {
                frequenciesOnMask += first;
                neighboursOnMask += second;
                masks++;
            }
        }

        private static double loss(double[] before, char shown, char truth) {
            double[] after = new double[25];
            double total = 0;
            for (int t = 0; t < 25; t++) {
                char letter = LETTERS.charAt(t);
                double likelihood =
                        shown == '?' ? 0.8 : (letter == shown ? 0.1 : 0) + (LETTERS.indexOf(shown) < 20 ? 0.1 / 20 : 0);
                after[t] = before[t] * likelihood;
                total += after[t];
            }
            return -Math.log(after[LETTERS.indexOf(truth)] / total);
        }

        private double frequency(char letter) {
            return (count(">" + letter) + 1) / (count(">") + 25);
        }

        private double left(String shown, int place, char letter) {
            char near = shown.charAt(place - 1);
            if (near == '?') {
                return frequency(letter);
            }
            double one = backedOff("L" + near, letter, frequency(letter));
            char far = shown.charAt(place - 2);
            return near == '^' || far == '?' ? one : backedOff("L" + far + near, letter, one);
        }

        private double right(String shown, int place, char letter) {
            char near = shown.charAt(place + 1);
            if (near == '?') {
                return frequency(letter);
            }
            double one = backedOff("R" + near, letter, frequency(letter));
            char far = shown.charAt(place + 2);
            return near == '$' || far == '?' ? one : backedOff("R" + near + far, letter, one);
        }

        private double backedOff(String context, char letter, double shorter) {
            return (count(context + ">" + letter) + 100 * shorter) / (count(context + ">") + 100);
        }

        private double count(String key) {
            return counts.getOrDefault(key, 0.0);
        }
    }
}
