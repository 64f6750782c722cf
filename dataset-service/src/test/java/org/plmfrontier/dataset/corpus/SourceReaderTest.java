package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.VanishedException;

/** Sources that add nothing beside ones that do. */
class SourceReaderTest {
    private static final CorpusOptions OPTIONS = CorpusOptionsBuilder.builder()
            .heldOutSequences(5)
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

    private final MemoryCorpus corpus = new MemoryCorpus();

    @Test
    void everyEmptySourceIsNamedAndTheCorpusIsThatOfTheOthers() throws IOException {
        String good = good();
        List<String> empty = List.of(write("a", ""), write("b", "\n\n"), write("c", " "));
        CorpusManifest manifest = build(List.of(empty.get(0), good, empty.get(1), empty.get(2)), OPTIONS);
        assertThat(manifest.counts().kept()).isEqualTo(40);
        assertThat(finding(manifest.findings(), FindingClass.EMPTY_FILE).files())
                .extracting(Place::file)
                .containsExactlyElementsOf(empty);
    }

    @Test
    void aSourceThatAddsNoProteinIsNamedWithTheReasons() throws IOException {
        String nothing = write("short.fasta", ">a\nMKV\n>b\nMKV\n>c\n>d\nM<K\n");
        CorpusManifest manifest = build(List.of(good(), nothing), OPTIONS);
        Finding finding = finding(manifest.findings(), FindingClass.NO_PROTEIN);
        assertThat(finding.files())
                .containsExactly(
                        new Place(nothing, 1, "records that were set apart: 1 EMPTY, 1 MALFORMED, 2 TOO_SHORT"));
        CorpusOptions strict = CorpusOptionsBuilder.builder()
                .heldOutSequences(5)
                .maxLength(80)
                .batchTokens(700)
                .seed(5)
                .strict(true)
                .minLength(20)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        String tooShort = write("fine.fasta", ">a2\nMKV\n");
        assertThat(finding(build(List.of(good(), tooShort), strict).findings(), FindingClass.NO_PROTEIN)
                        .first()
                        .file())
                .isEqualTo(tooShort);
    }

    @Test
    void aSourceOfAnotherFormatFailsTheBuildAlsoInLenientMode() throws IOException {
        List<Source> sources = find(List.of(good(), write("reads.fasta", "@r\nACGT\n+\nIIII\n")));
        BuildProgress progress = new BuildProgress(1, null);
        assertThatThrownBy(() -> new CorpusBuild(folder.resolve("work"), 1 << 20, Tools.local())
                        .build(sources, OPTIONS, corpus, progress))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("reads.fasta")
                        + " looks like FASTQ, not like FASTA; write it as FASTA: seqtk seq -A FILE");
        Finding finding = finding(progress.findings(), FindingClass.NOT_FASTA);
        assertThat(finding.first()).hasToString(folder.resolve("reads.fasta") + ":1");
        assertThat(finding.first().detail()).startsWith("looks like FASTQ");
    }

    @Test
    void whatStoppedAStrictBuildIsAmongItsFindings() throws IOException {
        List<Source> sources = find(List.of(write("x.fasta", ">a\nMKV-L\n")));
        BuildProgress progress = new BuildProgress(1, null);
        CorpusOptions strict = CorpusOptionsBuilder.builder()
                .heldOutSequences(5)
                .maxLength(80)
                .batchTokens(700)
                .seed(5)
                .strict(true)
                .minLength(20)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        assertThatThrownBy(() -> new CorpusBuild(folder.resolve("work"), 1 << 20, Tools.local())
                        .build(sources, strict, corpus, progress))
                .hasMessageContaining("GAP");
        assertThat(progress.findings()).hasSize(1);
    }

    @Test
    void placesOfFindingsSurviveABuildThatBrokeOff() throws IOException {
        List<String> parts = IntStream.range(0, 3).mapToObj(this::oddPart).toList();
        List<Source> sources = find(parts);
        byte[] last = Files.readAllBytes(Path.of(parts.get(2)));
        Files.delete(Path.of(parts.get(2)));
        assertThatThrownBy(() -> corpus.build(folder, sources, OPTIONS, Tools.local(), 1 << 20))
                .isInstanceOf(VanishedException.class);
        Files.write(Path.of(parts.get(2)), last);
        CorpusManifest resumed = corpus.build(folder, sources, OPTIONS, Tools.local(), 1 << 20);
        assertThat(finding(resumed.findings(), FindingClass.LOWERCASE).files())
                .extracting(Place::file)
                .containsExactlyElementsOf(parts);
        assertThat(resumed.sources()).extracting(Source::bytes).containsOnly((long) last.length);
    }

    @Test
    void aWrongHashIsSaidWithTheRightOne() throws IOException {
        String wrong = "ab".repeat(32);
        String good = good();
        String right = find(List.of(good)).getFirst().sha256();
        assertThatThrownBy(() -> build(List.of(good + "#sha256=" + wrong), OPTIONS))
                .isInstanceOf(VanishedException.class)
                .hasMessage(good + " has changed since the corpus was asked for, or its #sha256= is wrong: the SHA-256 "
                        + "of its bytes is " + right + ", not " + wrong);
    }

    @Test
    void tooFewProteinsAreSaidWithWhatBecameOfTheOthers() {
        assertThatThrownBy(() -> build(List.of(write("x", ">a\nMKV\n>b\nMKVLA\n")), OPTIONS))
                .hasMessageEndingWith("leaves none to train on; set apart: {TOO_SHORT=2}");
    }

    private String oddPart(int part) {
        return write(
                "part" + part,
                ">p%d\n".formatted(part) + "MKVLLAGDER".repeat(5) + "\nacd\n>q" + part + "\n" + "WWYVKLLAGD".repeat(4)
                        + "\n>r" + part + "\n" + "FFYVKLLAGD".repeat(4) + "\n");
    }

    private String good() {
        return Fasta.write(folder.resolve("good.fasta"), Fasta.proteins(40, 20, 60, 8))
                .toString();
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Source> find(List<String> addresses) throws IOException {
        return Tools.local().sources().find(addresses);
    }

    private CorpusManifest build(List<String> addresses, CorpusOptions options) throws IOException {
        return corpus.build(folder, find(addresses), options, Tools.local(), 1 << 20);
    }

    private static Finding finding(List<Finding> findings, FindingClass type) {
        return findings.stream().filter(one -> one.type() == type).findFirst().orElseThrow();
    }
}
