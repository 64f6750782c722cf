package org.plmfrontier.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.ingest.WantedCorpus.WantedHeldOut;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Corpora that have a held-out set in common, from their request to their deletion. */
class HeldOutSetsTest {
    private static final CorpusOptions OPTIONS = CorpusOptionsBuilder.builder()
            .heldOutSequences(10)
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

    private final MemoryCorpusStore store = new MemoryCorpusStore();
    private final MemoryTokenLogs logs = new MemoryTokenLogs();
    private final Deque<Runnable> builds = new ConcurrentLinkedDeque<>();
    private Corpora corpora;

    @BeforeEach
    void start() {
        corpora = corpora();
    }

    @Test
    void thePartOfACorpusIsTakenFromItsLogAndOfOneThatTookItItself() throws IOException {
        CorpusManifest chose = built(ask(100, null));
        CorpusManifest took = built(ask(200, chose.id()));
        CorpusManifest further = built(ask(300, took.id()));
        assertThat(heldOut(took))
                .usingRecursiveComparison()
                .ignoringFields("corpusId")
                .isEqualTo(heldOut(chose));
        assertThat(heldOut(took)).allMatch(batch -> batch.corpusId().equals(took.id()));
        assertThat(further.ref().evaluatedOn())
                .isEqualTo(took.ref().evaluatedOn())
                .isEqualTo(chose.id());
        assertThat(further.heldOut()).isEqualTo(took.heldOut());
        assertThat(took.heldOut().sha256()).isEqualTo(chose.logs().heldOutSha256());
        assertThat(chose.heldOut()).as("its own").isNull();
    }

    @Test
    void aCorpusThatIsNotThereNotReadyOrOfLongerSequencesIsRefused() throws IOException {
        assertThatThrownBy(() -> ask(200, "0123456789abcdef"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("heldOut.corpus"))
                .hasMessage("there is no corpus '0123456789abcdef' whose held-out part could be taken");
        String id = ask(100, null).id();
        assertThatThrownBy(() -> ask(200, id))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the held-out part of corpus " + id + " can be taken once it is READY; it is INGESTING");
        builds.remove().run();
        CorpusOptions shorter = CorpusOptionsBuilder.builder()
                .heldOutSequences(10)
                .maxLength(64)
                .batchTokens(700)
                .seed(5)
                .strict(false)
                .minLength(20)
                .packingWindow(64)
                .deduplicate(false)
                .build();
        WantedCorpus wanted =
                new WantedCorpus(List.of(file(200).toString()), shorter, new WantedHeldOut(List.of(), id));
        assertThatThrownBy(() -> corpora.ask(wanted))
                .hasMessage("the held-out part of corpus " + id
                        + " has sequences of up to 80 tokens, which is more than maxLength 64");
        assertThatThrownBy(() -> corpora.preview(wanted)).isInstanceOf(RefusedException.class);
        Path missing = folder.resolve("missing.fasta");
        WantedHeldOut files = new WantedHeldOut(List.of(missing.toString()), null);
        assertThatThrownBy(() -> corpora.ask(new WantedCorpus(List.of(file(200).toString()), OPTIONS, files)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("heldOut.sources[0]"));
    }

    @Test
    void whatOthersHoldOutIsNotDeleted() throws IOException, InterruptedException {
        CorpusManifest chose = built(ask(100, null));
        CorpusManifest took = built(ask(200, chose.id()));
        assertThatThrownBy(() -> corpora.delete(chose.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the held-out part of corpus " + chose.id() + " is that of " + took.id()
                        + ", which could not be repaired without it; delete these first");
        corpora.delete(took.id());
        corpora.delete(chose.id());
        assertThat(corpora.all()).isEmpty();
    }

    @Test
    void aBuildThatARestartCutOffGivesTheSameAndARepairTheSameAgain() throws IOException {
        CorpusManifest chose = built(ask(100, null));
        Corpus asked = ask(200, chose.id());
        logs.breakAfter(1);
        corpora.stop();
        builds.remove().run();
        assertThat(corpora.get(asked.id()).state()).isEqualTo(CorpusState.INGESTING);
        logs.breakAfter(Integer.MAX_VALUE);
        corpora = corpora();
        corpora.resume();
        CorpusManifest resumed = built(asked);
        List<TokenBatch> heldOut = List.copyOf(heldOut(resumed));
        assertThat(corpora.verify(asked.id()).sound()).isTrue();
        logs.delete(asked.id());
        assertThat(corpora.present(asked.id()).state()).isEqualTo(CorpusState.FAILED);
        corpora.repair(asked.id());
        assertThat(built(asked)).isEqualTo(resumed);
        assertThat(heldOut(resumed)).usingRecursiveComparison().isEqualTo(heldOut);
    }

    @Test
    void aRepairSaysWhichCorpusIsToBeRepairedFirst() throws IOException {
        CorpusManifest chose = built(ask(100, null));
        CorpusManifest took = built(ask(200, chose.id()));
        logs.delete(chose.id());
        corpora.repair(took.id());
        builds.remove().run();
        assertThat(corpora.problem(took.id()).orElseThrow())
                .contains("its logs are as they were: the held-out log of corpus " + chose.id() + " is damaged")
                .contains("POST /corpora/" + chose.id() + "/repair");
        assertThat(corpora.get(took.id()).state()).isEqualTo(CorpusState.READY);
        corpora.repair(chose.id());
        corpora.repair(took.id());
        builds.remove().run();
        builds.remove().run();
        assertThat(corpora.problem(took.id())).isEmpty();
        assertThat(corpora.get(took.id()).manifest()).isEqualTo(took);
    }

    @Test
    void filesOfAHeldOutSetAreFilesOfTheCorpus() throws IOException {
        Path heldOut = Fasta.write(folder.resolve("heldout.fasta"), Fasta.proteins(12, 20, 100, 4));
        WantedHeldOut files = new WantedHeldOut(List.of(heldOut.toString()), null);
        Corpus asked = corpora.ask(new WantedCorpus(List.of(file(200).toString()), OPTIONS, files))
                .corpus();
        CorpusManifest manifest = built(asked);
        assertThat(corpora.get(asked.id()).files())
                .extracting(source -> Path.of(source.path()).getFileName().toString())
                .containsExactly("200.fasta", "heldout.fasta");
        assertThat(manifest.counts().heldOut()).isEqualTo(12);
        assertThat(manifest.shown().options().heldOut().files())
                .singleElement()
                .satisfies(source -> assertThat(source.sha256()).hasSize(64));
        Files.writeString(heldOut, ">changed\nMKVLA\n");
        corpora.repair(asked.id());
        builds.remove().run();
        assertThat(corpora.problem(asked.id()).orElseThrow()).contains("heldout.fasta");
    }

    private CorpusManifest built(Corpus asked) {
        builds.remove().run();
        Corpus ready = corpora.get(asked.id());
        assertThat(ready.error()).isNull();
        return Objects.requireNonNull(ready.manifest());
    }

    private List<TokenBatch> heldOut(CorpusManifest manifest) {
        return logs.heldOut(manifest.id()).batches();
    }

    private Corpus ask(int proteins, @Nullable String heldOutOf) throws IOException {
        WantedHeldOut heldOut = heldOutOf == null ? null : new WantedHeldOut(List.of(), heldOutOf);
        return corpora.ask(new WantedCorpus(List.of(file(proteins).toString()), OPTIONS, heldOut))
                .corpus();
    }

    private Path file(int proteins) {
        return Fasta.write(folder.resolve(proteins + ".fasta"), Fasta.proteins(proteins, 20, 100, proteins));
    }

    private Corpora corpora() {
        return new Corpora(
                store,
                logs,
                new Corpora.Workshop(builds::add, new WorkFolder(folder.resolve("work")), 1 << 20, Tools.local()),
                System::nanoTime,
                corpus -> {});
    }
}
