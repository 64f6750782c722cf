package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.StrictModeException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Source;

class CorpusBuildTest {
    private static final CorpusOptions OPTIONS = CorpusOptionsBuilder.builder()
            .heldOutSequences(30)
            .maxLength(80)
            .batchTokens(700)
            .seed(5)
            .strict(false)
            .minLength(20)
            .packingWindow(64)
            .deduplicate(false)
            .build();

    @TempDir
    Path folder;

    /** Keeps a corpus in memory. */
    private static final class Kept implements CorpusSink {
        private final List<TokenBatch> training = new ArrayList<>();
        private final List<TokenBatch> heldOut = new ArrayList<>();

        @Override
        public void training(TokenBatch batch) {
            training.add(batch);
        }

        @Override
        public void heldOut(TokenBatch batch) {
            heldOut.add(batch);
        }
    }

    @Test
    void everyKeptProteinIsInExactlyOnePartExactlyOnce() throws IOException {
        List<String> proteins = Fasta.proteins(500, 20, 78, 12);
        Kept kept = new Kept();
        CorpusManifest manifest = build(proteins, OPTIONS, 1 << 20, kept);
        List<TokenBatch> all = new ArrayList<>(kept.training);
        all.addAll(kept.heldOut);
        assertThat(Sequences.letters(all)).isEqualTo(proteins.stream().sorted().toList());
        assertThat(Sequences.letters(kept.heldOut)).hasSize(30);
        assertThat(manifest.counts().residuesCut()).isZero();
        assertThat(manifest.tokens())
                .isEqualTo(kept.training.stream()
                        .mapToLong(batch -> batch.tokens().length)
                        .sum());
        assertThat(manifest.ref().records()).isEqualTo(kept.training.size());
    }

    @Test
    void referencesUnderMasksAreOfTheRecordsThatTheHeldOutLogHas() throws IOException {
        Kept kept = new Kept();
        CorpusManifest manifest = build(Fasta.proteins(500, 20, 78, 12), OPTIONS, 1 << 20, kept);
        double sum = 0;
        long selected = 0;
        for (TokenBatch batch : kept.heldOut) {
            MaskedRecord masked = HeldOutMasks.of(manifest.id()).mask(batch, batch.index());
            for (int i = 0; i < masked.selected().length; i++) {
                char shown = masked.input()[masked.selected()[i]] == Vocabulary.MASK
                        ? '?'
                        : Vocabulary.letterOf(masked.input()[masked.selected()[i]]);
                sum += naiveLoss(manifest.residueFrequencies(), shown, Vocabulary.letterOf(masked.targets()[i]));
                selected++;
            }
        }
        MaskedReferences masked = Objects.requireNonNull(manifest.references().masked());
        assertThat(masked.selectedResidues()).isEqualTo(selected);
        assertThat(masked.frequenciesNats()).isCloseTo(sum / selected, within(1e-3));
        assertThat(manifest.ref().references().masked()).isEqualTo(masked);
    }

    /** Of the frequencies as they are, not smoothed. */
    private static double naiveLoss(Map<String, Double> frequencies, char shown, char truth) {
        double all = 0;
        double own = 0;
        for (Map.Entry<String, Double> letter : frequencies.entrySet()) {
            boolean stands = letter.getKey().charAt(0) == shown;
            double weight = letter.getValue() * (shown == '?' ? 1 : (stands ? 0.1 : 0) + 0.1 / 20);
            all += weight;
            own += letter.getKey().charAt(0) == truth ? weight : 0;
        }
        return -Math.log(own / all);
    }

    @Test
    void theCorpusDoesNotDependOnTheMemoryOfTheShuffle() throws IOException {
        List<String> proteins = Fasta.proteins(700, 20, 150, 13);
        Kept roomy = new Kept();
        Kept tight = new Kept();
        CorpusManifest first = build(proteins, OPTIONS, 1 << 24, roomy);
        CorpusManifest second = build(proteins, OPTIONS, 100, tight);
        assertThat(second).isEqualTo(first);
        assertThat(tight.training).usingRecursiveComparison().isEqualTo(roomy.training);
        assertThat(tight.heldOut).usingRecursiveComparison().isEqualTo(roomy.heldOut);
    }

    @Test
    void longProteinsGiveWindowsAndWhatIsCutIsCounted() throws IOException {
        List<String> proteins = Fasta.proteins(200, 79, 300, 14);
        Kept kept = new Kept();
        CorpusManifest manifest = build(proteins, OPTIONS, 1 << 20, kept);
        long written = 0;
        for (TokenBatch batch : join(kept)) {
            written += batch.residues();
            for (byte[] tokens : Sequences.split(batch)) {
                String window = Sequences.letters(tokens);
                assertThat(tokens).hasSize(80);
                String protein = proteins.stream()
                        .filter(one -> one.contains(window))
                        .findFirst()
                        .orElseThrow();
                assertThat(tokens[0] == Vocabulary.START).isEqualTo(protein.startsWith(window) && tokens[0] < 4);
                assertThat(tokens[79] == Vocabulary.END).isEqualTo(tokens[79] < 4 && protein.endsWith(window));
            }
        }
        assertThat(manifest.counts().residues())
                .isEqualTo(written + manifest.counts().residuesCut());
        assertThat(manifest.counts().residues())
                .isEqualTo(proteins.stream().mapToLong(String::length).sum());
    }

    @Test
    void theManifestCountsWhatWasFoundAndSetApart() throws IOException {
        List<String> proteins = new ArrayList<>(Fasta.proteins(100, 20, 70, 15));
        proteins.add("MKV");
        proteins.add("MKV<p>" + "A".repeat(40));
        proteins.add("j".repeat(30));
        CorpusManifest manifest = build(proteins, OPTIONS, 1 << 20, new Kept());
        assertThat(manifest.counts().read()).isEqualTo(103);
        assertThat(manifest.counts().kept()).isEqualTo(101);
        assertThat(manifest.counts().setApart())
                .containsEntry(SetApart.TOO_SHORT, 1L)
                .containsEntry(SetApart.MALFORMED, 1L);
        assertThat(manifest.findings())
                .anyMatch(finding -> finding.type() == FindingClass.UNKNOWN_LETTER && finding.count() == 30);
        assertThat(manifest.lengthHistogram()).isNotEmpty();
        assertThat(manifest.paddingShare()).isBetween(0.0, 0.2);
    }

    @Test
    void strictOptionsFailAtTheFirstOddity() {
        CorpusOptions strict = CorpusOptionsBuilder.builder()
                .heldOutSequences(1)
                .maxLength(80)
                .batchTokens(700)
                .seed(5)
                .strict(true)
                .minLength(20)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        List<String> proteins = List.of("A".repeat(30), "a".repeat(30));
        assertThatThrownBy(() -> build(proteins, strict, 1 << 20, new Kept()))
                .isInstanceOf(StrictModeException.class)
                .hasMessageContaining("LOWERCASE at " + folder.resolve("x.fasta") + ":4");
    }

    @Test
    void aSourceThatChangedSinceIsNotTakenForTheOldOne() throws IOException {
        Path file = Fasta.write(folder.resolve("x.fasta"), Fasta.proteins(100, 20, 70, 16));
        List<Source> sources = Tools.local().sources().find(List.of(file.toString()));
        Files.writeString(file, ">more\nMKV\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> new CorpusBuild(folder.resolve("s"), 1 << 20, Tools.local())
                        .build(sources, OPTIONS, new Kept(), new BuildProgress(1, null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void theIdFollowsFromContentAndOptionsAndNotFromThePath() throws IOException {
        List<String> proteins = Fasta.proteins(10, 20, 30, 17);
        String first = CorpusId.of(inspect("a.fasta", proteins), OPTIONS);
        assertThat(CorpusId.of(inspect("b.fasta", proteins), OPTIONS))
                .isEqualTo(first)
                .matches("[0-9a-f]{16}");
        CorpusOptions other = CorpusOptionsBuilder.builder()
                .heldOutSequences(30)
                .maxLength(80)
                .batchTokens(700)
                .seed(6)
                .strict(false)
                .minLength(20)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        assertThat(CorpusId.of(inspect("a.fasta", proteins), other)).isNotEqualTo(first);
        assertThat(CorpusId.of(inspect("a.fasta", Fasta.proteins(10, 20, 30, 18)), OPTIONS))
                .isNotEqualTo(first);
    }

    @Test
    void impossibleOptionsNameTheirField() {
        assertThatThrownBy(() -> CorpusOptionsBuilder.builder()
                        .heldOutSequences(0)
                        .maxLength(80)
                        .batchTokens(700)
                        .seed(5)
                        .strict(false)
                        .minLength(20)
                        .packingWindow(64)
                        .deduplicate(false)
                        .build())
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("heldOutSequences"));
        assertThatThrownBy(() -> CorpusOptionsBuilder.builder()
                        .heldOutSequences(1)
                        .maxLength(80)
                        .batchTokens(79)
                        .seed(5)
                        .strict(false)
                        .minLength(20)
                        .packingWindow(64)
                        .deduplicate(false)
                        .build())
                .hasMessageContaining("batchTokens");
        assertThatThrownBy(() -> CorpusOptionsBuilder.builder()
                        .heldOutSequences(1)
                        .maxLength(80)
                        .batchTokens(700)
                        .seed(5)
                        .strict(false)
                        .minLength(20)
                        .packingWindow(1 << 30)
                        .deduplicate(false)
                        .build())
                .hasMessageContaining("packingWindow");
        assertThatThrownBy(() -> Tools.local().sources().find(List.of("relative.fasta")))
                .hasMessageContaining("absolute");
    }

    private static List<TokenBatch> join(Kept kept) {
        List<TokenBatch> all = new ArrayList<>(kept.training);
        all.addAll(kept.heldOut);
        return all;
    }

    private List<Source> inspect(String name, List<String> proteins) throws IOException {
        return Tools.local()
                .sources()
                .find(List.of(Fasta.write(folder.resolve(name), proteins).toString()));
    }

    private CorpusManifest build(List<String> proteins, CorpusOptions options, long memory, Kept kept)
            throws IOException {
        return new CorpusBuild(folder.resolve("spill"), memory, Tools.local())
                .build(inspect("x.fasta", proteins), options, kept, new BuildProgress(1, null));
    }
}
