package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.ObjectServer;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.source.LocalFiles;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.VanishedException;
import org.plmfrontier.dataset.web.WebFiles;

/** Several files, and builds that broke off between them. */
class PartsTest {
    private static final long SEED = 31;
    private static final CorpusOptions OPTIONS = new Choice()
            .deduplicate()
            .cluster(new Clustering(0.9, 0.8, Clustering.Method.LINCLUST))
            .options();

    @TempDir
    Path folder;

    private final MemoryCorpus corpus = new MemoryCorpus();
    private BuildTools tools;

    @BeforeEach
    void compare() {
        System.out.println("seed " + SEED);
        tools = Tools.of(new PositionalIdentity(), new LocalFiles(), new WebFiles(Duration.ofSeconds(30)));
    }

    @Test
    void aBuildThatBrokeOffReadsOnlyWhatItHadNotReadAndGivesTheSameCorpus() throws IOException {
        try (ObjectServer server = new ObjectServer()) {
            List<String> addresses = serve(server);
            List<Source> sources = tools.sources().find(addresses);
            CorpusManifest undisturbed = corpus.build(folder.resolve("a"), sources, OPTIONS, tools, 1 << 20);
            List<TokenBatch> training = List.copyOf(corpus.training());

            byte[] second = Files.readAllBytes(folder.resolve("1.fasta"));
            server.remove("/1.fasta");
            assertThatThrownBy(() -> corpus.build(folder.resolve("b"), sources, OPTIONS, tools, 1 << 20))
                    .isInstanceOf(VanishedException.class)
                    .hasMessage(addresses.get(1) + " has vanished since the corpus was asked for");
            server.put("/1.fasta", second);
            server.requests().clear();
            CorpusManifest resumed = corpus.build(folder.resolve("b"), sources, OPTIONS, tools, 1 << 20);
            assertThat(server.requests()).containsExactly("GET bytes=0-", "GET bytes=0-");
            assertThat(resumed).isEqualTo(undisturbed);
            assertThat(corpus.training()).usingRecursiveComparison().isEqualTo(training);
            assertThat(resumed.sources()).extracting(Source::sha256).doesNotContainNull();
            assertThat(folder.resolve("b/work")).doesNotExist();
        }
    }

    @Test
    void aCheckpointWhoseFilesLostBytesIsNotBelieved() throws IOException {
        try (ObjectServer server = new ObjectServer()) {
            List<Source> sources = tools.sources().find(serve(server));
            CorpusManifest undisturbed = corpus.build(folder.resolve("a"), sources, OPTIONS, tools, 1 << 20);
            byte[] second = Files.readAllBytes(folder.resolve("1.fasta"));
            server.remove("/1.fasta");
            assertThatThrownBy(() -> corpus.build(folder.resolve("b"), sources, OPTIONS, tools, 1 << 20))
                    .isInstanceOf(VanishedException.class);
            Files.write(folder.resolve("b/work/intake/proteins.fasta"), new byte[10]);
            server.put("/1.fasta", second);
            assertThat(corpus.build(folder.resolve("b"), sources, OPTIONS, tools, 1 << 20))
                    .isEqualTo(undisturbed);
        }
    }

    @Test
    void theOrderOfTheFilesIsPartOfTheCorpus() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            sources.addAll(tools.sources().find(List.of(write(part).toString())));
        }
        CorpusManifest first = corpus.build(folder, sources, OPTIONS, tools, 1 << 20);
        assertThat(corpus.build(folder, sources.reversed(), OPTIONS, tools, 1 << 20)
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void repeatedIdentifiersAreCountedOverAllFilesWithTheFirstPlace() throws IOException {
        Path a = Files.writeString(folder.resolve("a"), ">x one\n" + "MKV".repeat(20) + "\n>y\n" + "ACD".repeat(20));
        Path b = Files.writeString(folder.resolve("b"), ">z\n" + "LLA".repeat(20) + "\n>x\nAC\n>y two\nMKV\n>x\nMK\n");
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(1)
                .maxLength(80)
                .batchTokens(700)
                .seed(5)
                .strict(false)
                .minLength(2)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        List<Source> sources = tools.sources().find(List.of(a.toString(), b.toString()));
        CorpusManifest manifest = corpus.build(folder, sources, options, tools, 1 << 20);
        assertThat(manifest.findings())
                .containsExactly(new Finding(FindingClass.DUPLICATE_IDENTIFIER, 3, new Place(b.toString(), 3)));
        assertThat(manifest.counts().kept()).isEqualTo(6);
        CorpusOptions strict = CorpusOptionsBuilder.builder()
                .heldOutSequences(1)
                .maxLength(80)
                .batchTokens(700)
                .seed(5)
                .strict(true)
                .minLength(2)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        assertThatThrownBy(() -> corpus.build(folder, sources, strict, tools, 1 << 20))
                .hasMessage("strict mode: DUPLICATE_IDENTIFIER at " + b + ":3");
    }

    @Test
    void theCorpusDoesNotDependOnMemoryWithAllChoicesOn() throws IOException {
        List<Source> sources = tools.sources().find(List.of(write(0).toString(), write(1).toString()));
        CorpusManifest roomy = corpus.build(folder, sources, OPTIONS, tools, 1 << 24);
        List<TokenBatch> training = List.copyOf(corpus.training());
        assertThat(corpus.build(folder, sources, OPTIONS, tools, 200)).isEqualTo(roomy);
        assertThat(corpus.training()).usingRecursiveComparison().isEqualTo(training);
    }

    private List<String> serve(ObjectServer server) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            server.put("/" + part + ".fasta", Files.readAllBytes(write(part)));
            addresses.add(server.address() + "/" + part + ".fasta");
        }
        return addresses;
    }

    private Path write(int part) {
        List<String> proteins = new ArrayList<>(Fasta.proteins(60, 30, 100, SEED + part));
        proteins.addAll(Fasta.proteins(5, 30, 100, SEED));
        return Fasta.write(folder.resolve(part + ".fasta"), proteins);
    }
}
