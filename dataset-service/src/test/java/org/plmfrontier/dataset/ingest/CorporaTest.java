package org.plmfrontier.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.ObjectServer;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.UnknownException;
import org.plmfrontier.dataset.web.WebFiles;

class CorporaTest {
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
    private final List<CorpusState> changes = new ArrayList<>();

    @Test
    void aCorpusIsBuiltOnceAndThenReady() throws IOException {
        Corpora corpora = corpora();
        String id = ask(corpora, 100).corpus().id();
        assertThat(ask(corpora, 100).started()).isFalse();
        assertThat(builds).hasSize(1);
        builds.remove().run();
        Corpus ready = corpora.get(id);
        assertThat(ready.state()).isEqualTo(CorpusState.READY);
        assertThat(ready.manifest().records())
                .isEqualTo(logs.training(id).batches().size());
        assertThat(store.loads(id))
                .isEqualTo(logs.training(id).batches().stream()
                        .map(TokenBatch::load)
                        .toList());
        assertThat(changes).containsExactly(CorpusState.INGESTING, CorpusState.READY);
        assertThat(ask(corpora, 100).corpus().state()).isEqualTo(CorpusState.READY);
        assertThat(corpora.progress(id)).isEmpty();
        assertThat(corpora.totals().sequences()).isEqualTo(100);
    }

    @Test
    void aBuildThatBrokeOffIsResumedToTheSameLogs() throws IOException {
        Corpora undisturbed = corpora();
        String id = ask(undisturbed, 300).corpus().id();
        builds.remove().run();
        List<TokenBatch> whole = List.copyOf(logs.training(id).batches());
        List<TokenBatch> heldOut = List.copyOf(logs.heldOut(id).batches());

        MemoryCorpusStore freshStore = new MemoryCorpusStore();
        MemoryTokenLogs freshLogs = new MemoryTokenLogs();
        freshLogs.breakAfter(whole.size() / 2);
        Corpora broken = corpora(freshStore, freshLogs);
        ask(broken, 300);
        broken.stop();
        builds.remove().run();
        assertThat(broken.get(id).state()).isEqualTo(CorpusState.INGESTING);
        assertThat(freshLogs.training(id).batches()).hasSize(whole.size() / 2);

        freshLogs.breakAfter(Integer.MAX_VALUE);
        Corpora restarted = corpora(freshStore, freshLogs);
        restarted.resume();
        builds.remove().run();
        assertThat(restarted.get(id).state()).isEqualTo(CorpusState.READY);
        assertThat(freshLogs.training(id).batches()).usingRecursiveComparison().isEqualTo(whole);
        assertThat(freshLogs.heldOut(id).batches()).usingRecursiveComparison().isEqualTo(heldOut);
        assertThat(freshStore.loads(id)).isEqualTo(store.loads(id));
    }

    @Test
    void aFailedCorpusSaysWhyAndCanBeAskedForAgain() throws IOException {
        logs.breakAfter(1);
        Corpora corpora = corpora();
        String id = ask(corpora, 100).corpus().id();
        builds.remove().run();
        assertThat(corpora.get(id).state()).isEqualTo(CorpusState.FAILED);
        assertThat(corpora.get(id).error()).contains("broken");
        logs.breakAfter(Integer.MAX_VALUE);
        assertThat(ask(corpora, 100).started()).isTrue();
        builds.remove().run();
        assertThat(corpora.get(id).state()).isEqualTo(CorpusState.READY);
    }

    @Test
    void aFailedCorpusNamesTheSourceThatIsNoFastaAndShowsWhatWasFoundBefore() throws IOException {
        Path good = Fasta.write(folder.resolve("good.fasta"), Fasta.proteins(40, 20, 60, 3));
        Path odd = Files.writeString(folder.resolve("odd.fasta"), ">a\nMKVla\n");
        Path page = Files.writeString(folder.resolve("page.fasta"), "<html><body>log in</body></html>\n");
        Corpora corpora = corpora();
        String id = corpora.ask(List.of(good.toString(), odd.toString(), page.toString()), OPTIONS)
                .corpus()
                .id();
        builds.remove().run();
        Corpus failed = corpora.get(id);
        assertThat(failed.state()).isEqualTo(CorpusState.FAILED);
        assertThat(failed.error()).startsWith(page + " looks like HTML, not like FASTA; ");
        assertThat(failed.findings())
                .extracting(Finding::type)
                .containsExactly(FindingClass.LOWERCASE, FindingClass.NOT_FASTA, FindingClass.NO_PROTEIN);
        assertThat(failed.again().findings()).isEmpty();
    }

    @Test
    void credentialsOfASourceAreInNoErrorAndNoManifest() throws IOException {
        try (ObjectServer server = new ObjectServer()) {
            List<String> addresses = new ArrayList<>();
            for (String name : List.of("/a.fasta", "/b.fasta")) {
                Path file = Fasta.write(folder.resolve("served"), Fasta.proteins(40, 20, 60, name.hashCode()));
                server.put(name, Files.readAllBytes(file));
                addresses.add(server.address().toString().replace("//", "//ann:pa55@") + name + "?token=t0p");
            }
            Corpora corpora = corpora(store, logs, Tools.of(null, new WebFiles(Duration.ofSeconds(10))));
            server.put("/c.fasta", "nothing\n".getBytes(StandardCharsets.UTF_8));
            String bad = addresses.getFirst().replace("/a.", "/c.");
            String failed = corpora.ask(List.of(addresses.getFirst(), bad), OPTIONS)
                    .corpus()
                    .id();
            String ready = corpora.ask(addresses, OPTIONS).corpus().id();
            builds.remove().run();
            builds.remove().run();
            assertThat(corpora.get(failed).error())
                    .startsWith("http://***@127.0.0.1:")
                    .contains("/c.fasta?*** holds no record");
            assertThat(corpora.get(failed).findings().toString()).doesNotContain("pa55", "t0p");
            assertThat(corpora.get(ready).state()).isEqualTo(CorpusState.READY);
            assertThat(corpora.get(ready).manifest().toString()).doesNotContain("pa55", "t0p");
        }
    }

    @Test
    void anUnknownCorpusIsNamed() {
        assertThatThrownBy(() -> corpora().get("nothing"))
                .isInstanceOf(UnknownException.class)
                .hasMessage("there is no corpus 'nothing'");
    }

    @Test
    void twoWhoAskAtOnceGetOneBuild() throws Exception {
        Corpora corpora = corpora();
        Path file = Fasta.write(folder.resolve("both.fasta"), Fasta.proteins(100, 20, 100, 9));
        List<Callable<Corpora.Asked>> both =
                Collections.nCopies(8, () -> corpora.ask(List.of(file.toString()), OPTIONS));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            long started = 0;
            for (Future<Corpora.Asked> asked : threads.invokeAll(both)) {
                started += asked.get().started() ? 1 : 0;
            }
            assertThat(started).isEqualTo(1);
        }
        assertThat(builds).hasSize(1);
        builds.remove().run();
        assertThat(corpora.all()).extracting(Corpus::state).containsExactly(CorpusState.READY);
    }

    @Test
    void aFullDiskFailsTheCorpusWithTheFileAndLeavesNothingAndItCanBeAskedForAgain() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full on this machine");
        Corpora corpora = corpora();
        String id = ask(corpora, 100).corpus().id();
        Path work = folder.resolve("work").resolve(id);
        Path spill = Files.createDirectories(work.resolve("intake/all"));
        for (int bucket = 0; bucket < 64; bucket++) {
            Files.createSymbolicLink(spill.resolve("%02d".formatted(bucket)), full);
        }
        builds.remove().run();
        assertThat(corpora.get(id).state()).isEqualTo(CorpusState.FAILED);
        assertThat(corpora.get(id).error())
                .startsWith("cannot write the spill file " + spill)
                .endsWith("No space left on device");
        assertThat(work).doesNotExist();
        assertThat(ready(corpora)).isEqualTo(id);
        assertThat(corpora.get(id).state()).isEqualTo(CorpusState.READY);
    }

    @Test
    void aCorpusIsVerifiedFromItsLogsAlone() throws IOException {
        Corpora corpora = corpora();
        String id = ready(corpora);
        Verification sound = corpora.verify(id);
        assertThat(sound.sound()).as(sound.toString()).isTrue();
        assertThat(sound.training().records())
                .isEqualTo(corpora.get(id).manifest().records());

        TokenBatch batch = logs.training(id).batches().get(1);
        byte[] changed = batch.tokens().clone();
        changed[1] = (byte) (changed[1] == 5 ? 6 : 5);
        logs.training(id).batches().set(1, new TokenBatch(id, 1, changed, batch.lengths()));
        Verification altered = corpora.verify(id);
        assertThat(altered.sound()).isFalse();
        assertThat(altered.disagreements()).hasSize(1).first().asString().startsWith("logs.sha256: the manifest says");
        logs.heldOut(id).batches().clear();
        assertThat(corpora.verify(id).disagreements()).contains("heldOutRecords: the manifest says 2, the log holds 0");
    }

    @Test
    void aDeletedCorpusIsGoneWithItsLogsUnlessAStudyUsesIt() throws Exception {
        Corpora corpora = corpora();
        String id = ready(corpora);
        store.use(id, "demo");
        assertThatThrownBy(() -> corpora.delete(id))
                .isInstanceOf(ConflictException.class)
                .hasMessage("corpus " + id + " is used by demo");
        store.forget(id);
        corpora.delete(id);
        assertThat(logs.training(id).batches()).isEmpty();
        assertThatThrownBy(() -> corpora.get(id)).isInstanceOf(UnknownException.class);
        assertThatThrownBy(() -> corpora.delete(id)).isInstanceOf(UnknownException.class);
    }

    @Test
    void aBuildThatWaitsIsEndedByItsDeletion() throws Exception {
        Corpora corpora = corpora();
        String id = ask(corpora, 100).corpus().id();
        corpora.delete(id);
        assertThatThrownBy(() -> corpora.get(id)).isInstanceOf(UnknownException.class);
        builds.remove().run();
        assertThat(logs.training(id).batches()).as("it never began").isEmpty();
        assertThat(ready(corpora)).isEqualTo(id);
    }

    @Test
    void aBuildThatRunsIsCancelledSaysSoAndFreesItsSpill() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        SlowFiles slow = new SlowFiles(reading);
        Corpora corpora = corpora(store, logs, Tools.of(null, slow));
        String id = corpora.ask(List.of("slow://proteins"), OPTIONS).corpus().id();
        Thread build = Thread.ofPlatform().start(builds.remove());
        reading.await();
        assertThat(corpora.cancel(id).state()).isEqualTo(CorpusState.FAILED);
        build.join();
        assertThat(corpora.get(id).error()).startsWith("cancelled on request");
        assertThat(folder.resolve("work").resolve(id)).doesNotExist();
        assertThat(corpora.progress(id)).isEmpty();
        assertThatThrownBy(() -> corpora.cancel(id)).hasMessageContaining("is not being built, it is FAILED");
    }

    @Test
    void aFailedCorpusFreesItsSpillAndWhatAKilledProcessLeftIsSweptAtTheStart() throws Exception {
        Path work = folder.resolve("work");
        Path page = Files.writeString(folder.resolve("page.fasta"), "<html><body>log in</body></html>\n");
        Corpora corpora = corpora();
        String failed = corpora.ask(List.of(page.toString()), OPTIONS).corpus().id();
        builds.remove().run();
        assertThat(corpora.get(failed).state()).isEqualTo(CorpusState.FAILED);
        assertThat(work.resolve(failed)).doesNotExist();
        String waiting = ask(corpora, 100).corpus().id();
        Files.createDirectories(work.resolve(waiting).resolve("intake"));
        Files.createDirectories(work.resolve("deleted-long-ago").resolve("intake"));
        builds.clear();
        corpora().resume();
        assertThat(work.resolve("deleted-long-ago")).doesNotExist();
        assertThat(work.resolve(waiting)).isDirectory();
    }

    @Test
    void aPlaceThatAnotherServiceHoldsIsNotSwept() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        try (WorkFolder other = new WorkFolder(work)) {
            other.sweep(Set.of());
            Path foreign = Files.createDirectories(work.resolve("of-another-service"));
            try (WorkFolder ours = new WorkFolder(work)) {
                ours.sweep(Set.of());
                assertThat(foreign).isDirectory();
            }
            other.sweep(Set.of());
            assertThat(foreign).doesNotExist();
        }
    }

    @Test
    void aDamagedLogIsWrittenAgainToTheSameDigest() throws Exception {
        Corpora corpora = corpora();
        String id = ready(corpora);
        String digest = corpora.verify(id).training().sha256();
        store.use(id, "demo");
        TokenBatch first = logs.training(id).batches().getFirst();
        byte[] changed = first.tokens().clone();
        changed[1] = (byte) (changed[1] == 5 ? 6 : 5);
        logs.training(id).batches().set(0, new TokenBatch(id, 0, changed, first.lengths()));
        logs.training(id).batches().removeLast();
        assertThat(corpora.verify(id).sound()).isFalse();
        assertThat(corpora.repair(id).started()).isTrue();
        assertThat(corpora.repair(id).started()).as("while it is written").isFalse();
        builds.remove().run();
        assertThat(corpora.get(id).state()).isEqualTo(CorpusState.READY);
        assertThat(corpora.verify(id).sound()).isTrue();
        assertThat(corpora.verify(id).training().sha256()).isEqualTo(digest);
    }

    @Test
    void aRepairWhoseSourceIsGoneOrChangedTouchesNothingAndSaysWhy() throws Exception {
        Corpora corpora = corpora();
        String id = ready(corpora);
        List<TokenBatch> before = List.copyOf(logs.training(id).batches());
        Path file = folder.resolve("100.fasta");
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        corpora.repair(id);
        builds.remove().run();
        assertThat(corpora.get(id).state()).isEqualTo(CorpusState.READY);
        assertThat(corpora.problem(id).orElseThrow())
                .startsWith("it was not written again, its logs are as they were: ")
                .contains(file.toString());
        content[content.length - 5] = (byte) (content[content.length - 5] == 'A' ? 'C' : 'A');
        Files.write(file, content);
        corpora.repair(id);
        builds.remove().run();
        assertThat(corpora.problem(id).orElseThrow()).contains("changed");
        assertThat(logs.training(id).batches()).isEqualTo(before);
        assertThat(corpora.verify(id).sound()).isTrue();
    }

    @Test
    void aReadyCorpusThatTheBrokerLostIsNoticedAtTheStartAndWrittenAgainWhenAskedFor() throws IOException {
        Corpora corpora = corpora();
        String id = ready(corpora);
        long records = corpora.get(id).manifest().records();
        logs.delete(id);
        Corpora restarted = corpora();
        restarted.resume();
        assertThat(restarted.get(id).state()).isEqualTo(CorpusState.FAILED);
        assertThat(restarted.get(id).error())
                .startsWith("the broker has lost it: its token log holds 0 of " + records + " batches")
                .contains("POST /corpora/" + id + "/repair");
        assertThat(ask(restarted, 100).started()).isTrue();
        builds.remove().run();
        assertThat(restarted.present(id).state()).isEqualTo(CorpusState.READY);
        assertThat(logs.training(id).batches()).hasSize((int) records);
    }

    private String ready(Corpora corpora) throws IOException {
        String id = ask(corpora, 100).corpus().id();
        builds.remove().run();
        return id;
    }

    private Corpora corpora() {
        return corpora(store, logs);
    }

    private Corpora corpora(MemoryCorpusStore corpusStore, MemoryTokenLogs tokenLogs) {
        return corpora(corpusStore, tokenLogs, Tools.local());
    }

    private Corpora corpora(MemoryCorpusStore corpusStore, MemoryTokenLogs tokenLogs, BuildTools tools) {
        return new Corpora(
                corpusStore,
                tokenLogs,
                new Corpora.Workshop(builds::add, new WorkFolder(folder.resolve("work")), 1 << 20, tools),
                System::nanoTime,
                corpus -> changes.add(corpus.state()));
    }

    private Corpora.Asked ask(Corpora corpora, int proteins) throws IOException {
        Path file = Fasta.write(folder.resolve(proteins + ".fasta"), Fasta.proteins(proteins, 20, 100, proteins));
        return corpora.ask(List.of(file.toString()), OPTIONS);
    }
}
