package org.plmfrontier.dataset.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusBuild;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.UnknownException;
import org.plmfrontier.dataset.source.Credentials;

/**
 * The corpora. Each is built once however often it is asked for. A build that a restart cut off is repeated from its
 * sources; what the token log holds already is not written again. Thread-safe.
 */
public final class Corpora {
    /**
     * @param corpus the corpus
     * @param started whether this request started a build
     */
    public record Asked(Corpus corpus, boolean started) {}

    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(30);

    private final CorpusStore store;
    private final TokenLogs logs;
    private final Executor builds;
    private final WorkFolder workFolder;
    private final long shuffleMemoryBytes;
    private final BuildTools tools;
    private final HeldOutSets heldOutSets;
    private final LongSupplier nanos;
    private final CorpusObserver observer;
    private final Map<String, Build> running = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final BuildProgress totals = new BuildProgress(0, null);
    private volatile boolean stopping;

    /**
     * Where corpora are built.
     *
     * @param builds runs the builds, one at a time
     * @param folder where builds spill
     * @param shuffleMemoryBytes largest spill file that is sorted in memory
     */
    public record Workshop(Executor builds, WorkFolder folder, long shuffleMemoryBytes, BuildTools tools) {}

    /**
     * @param nanos time from any fixed moment, nanoseconds, for rates
     * @param observer receives every corpus that starts, is ready, failed or is deleted
     */
    public Corpora(CorpusStore store, TokenLogs logs, Workshop workshop, LongSupplier nanos, CorpusObserver observer) {
        this.store = store;
        this.logs = logs;
        this.builds = workshop.builds();
        this.workFolder = workshop.folder();
        this.shuffleMemoryBytes = workshop.shuffleMemoryBytes();
        this.heldOutSets = new HeldOutSets(store, logs, workshop.tools().sources());
        this.tools = workshop.tools().with(heldOutSets);
        this.nanos = nanos;
        this.observer = observer;
    }

    /**
     * Asks for the corpus of some files.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException where an address names no readable file
     * @throws IOException where a file cannot be read, or the place where it lies does not answer
     */
    public Asked ask(List<String> addresses, CorpusOptions options) throws IOException {
        return ask(new WantedCorpus(addresses, options, null));
    }

    /**
     * Asks for a corpus, perhaps with a held-out set that it names.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException where an address names no readable file, or a set cannot be taken
     * @throws ConflictException where the corpus whose held-out part is wanted is not ready
     * @throws IOException where a file cannot be read, or the place where it lies does not answer
     */
    public Asked ask(WantedCorpus wanted) throws IOException {
        Corpus asked = asked(wanted);
        if (store.add(asked)) {
            start(asked);
            return new Asked(asked, true);
        }
        Corpus known = checked(get(asked.id()));
        if (known.state() != CorpusState.FAILED) {
            return new Asked(known, false);
        }
        store.update(asked);
        start(asked);
        return new Asked(asked, true);
    }

    /**
     * A corpus as it is, or as it would be asked for; nothing is built.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException where an address names no readable file, or a set cannot be taken
     * @throws ConflictException where the corpus whose held-out part is wanted is not ready
     * @throws IOException where a file cannot be read, or the place where it lies does not answer
     */
    public Corpus preview(WantedCorpus wanted) throws IOException {
        Corpus asked = asked(wanted);
        return store.find(asked.id()).orElse(asked);
    }

    private Corpus asked(WantedCorpus wanted) throws IOException {
        return Corpus.asked(tools.sources().find(wanted.sources()), heldOutSets.options(wanted));
    }

    /**
     * Starts the builds that a restart cut off, looks whether the broker still has what is ready, and deletes what builds
     * that nobody goes on with have left on the disk.
     */
    public void resume() {
        store.all().forEach(this::checked);
        workFolder.sweep(store.all().stream()
                .filter(corpus -> corpus.state() == CorpusState.INGESTING)
                .map(Corpus::id)
                .collect(Collectors.toSet()));
        store.all().stream()
                .filter(corpus -> corpus.state() == CorpusState.INGESTING)
                .forEach(this::start);
    }

    /** From now on a build that fails stays INGESTING, to be resumed at the next start. */
    public void stop() {
        stopping = true;
    }

    /** @throws UnknownException where there is no such corpus */
    public Corpus get(String id) {
        return store.find(id).orElseThrow(() -> new UnknownException("corpus", id));
    }

    /**
     * A corpus as it is on the broker: one that was ready and whose logs are gone has failed.
     *
     * @throws UnknownException where there is no such corpus
     */
    public Corpus present(String id) {
        return checked(get(id));
    }

    /**
     * Reads the logs of a corpus from end to end and compares them with its manifest.
     *
     * @throws UnknownException where there is no such corpus
     * @throws ConflictException where it is not ready
     */
    public Verification verify(String id) {
        Corpus corpus = get(id);
        CorpusManifest manifest = corpus.manifest();
        if (manifest == null) {
            throw new ConflictException("corpus " + id + " is " + corpus.state() + ", not READY");
        }
        return Verification.of(manifest, logs.auditTraining(id), logs.auditHeldOut(id));
    }

    /**
     * Writes the logs of a corpus again from its sources, whatever is left of them. What trainers have read of it stays
     * true: the same sources and options give the same batches. Where the sources cannot be read, or changed since, the
     * logs and the corpus stay as they are and {@link #problem} says why.
     *
     * @return what became of it: a corpus that is being built already goes on
     * @throws UnknownException where there is no such corpus
     */
    public synchronized Asked repair(String id) {
        Corpus corpus = get(id);
        if (running.containsKey(id)) {
            return new Asked(corpus, false);
        }
        Corpus again = corpus.again();
        store.update(again);
        start(again, corpus);
        return new Asked(again, true);
    }

    /**
     * Ends a build.
     *
     * @throws UnknownException where there is no such corpus
     * @throws ConflictException where no build of it runs or waits
     */
    public Corpus cancel(String id) throws InterruptedException {
        Corpus corpus = get(id);
        if (!ended(id)) {
            throw new ConflictException("corpus " + id + " is not being built, it is " + corpus.state());
        }
        return get(id);
    }

    /** Ends the build of a corpus; whether there was one. */
    private boolean ended(String id) throws InterruptedException {
        Build build = running.get(id);
        if (build == null) {
            return false;
        }
        if (!build.cancel()) {
            running.remove(id);
            failed(build, false, new IllegalStateException());
        } else if (!build.await(CANCELLED_WITHIN)) {
            throw new ConflictException(
                    "the build of corpus " + id + " has not ended within " + CANCELLED_WITHIN + "; ask again");
        }
        return true;
    }

    /** Why the last repair of a corpus came to nothing; empty where it did not, or was before the last start. */
    public Optional<String> problem(String id) {
        return Optional.ofNullable(problems.get(id));
    }

    /**
     * Deletes a corpus with its logs; a build of it is ended.
     *
     * @throws UnknownException where there is no such corpus
     * @throws ConflictException where a study uses it, or another corpus has its held-out part
     */
    public synchronized void delete(String id) throws IOException, InterruptedException {
        get(id);
        List<String> studies = store.studiesOf(id);
        if (!studies.isEmpty()) {
            throw new ConflictException("corpus " + id + " is used by " + String.join(", ", studies));
        }
        List<String> takers = heldOutSets.takenBy(id);
        if (!takers.isEmpty()) {
            throw new ConflictException("the held-out part of corpus " + id + " is that of " + String.join(", ", takers)
                    + ", which could not be repaired without it; delete these first");
        }
        ended(id);
        store.remove(id);
        logs.delete(id);
        workFolder.free(id);
        observer.deleted(id);
    }

    /** All corpora, oldest first. */
    public List<Corpus> all() {
        return store.all();
    }

    /** How far the build of a corpus is; empty where none runs or waits. */
    public Optional<BuildProgress> progress(String id) {
        return Optional.ofNullable(running.get(id)).map(Build::progress);
    }

    /** How far every build is that runs or waits, by corpus. */
    public Map<String, BuildReport> reports() {
        Map<String, BuildReport> reports = new HashMap<>();
        running.forEach((id, build) -> reports.put(id, BuildReport.of(build.progress())));
        return reports;
    }

    /** What all builds of this process read together. */
    public BuildProgress totals() {
        return totals;
    }

    private Corpus checked(Corpus corpus) {
        CorpusManifest manifest = corpus.manifest();
        if (manifest == null) {
            return corpus;
        }
        long training = logs.trainingRecords(corpus.id());
        long heldOut = logs.heldOutRecords(corpus.id());
        if (training == manifest.records() && heldOut == manifest.heldOutRecords()) {
            return corpus;
        }
        Corpus lost = corpus.failed(
                "the broker has lost it: its token log holds " + training + " of "
                        + manifest.records() + " batches, its held-out log " + heldOut + " of "
                        + manifest.heldOutRecords()
                        + "; POST /corpora/" + corpus.id() + "/repair writes it again (./frontier repair)",
                manifest.findings());
        change(lost);
        return lost;
    }

    private void start(Corpus corpus) {
        start(corpus, null);
    }

    /** @param repaired the corpus as it was, where its logs are written again */
    private void start(Corpus corpus, @Nullable Corpus repaired) {
        problems.remove(corpus.id());
        Build build = new Build(corpus, repaired, new BuildProgress(corpus.bytes(), totals, nanos));
        if (running.putIfAbsent(corpus.id(), build) == null) {
            builds.execute(() -> build.run(() -> build(build)));
        }
    }

    private void build(Build build) {
        Corpus corpus = build.corpus();
        Corpus repaired = build.repaired();
        LogSink sink = new LogSink(corpus.id(), store, logs, repaired != null);
        try (sink) {
            observer.changed(corpus);
            CorpusManifest made = new CorpusBuild(workFolder.of(corpus.id()), shuffleMemoryBytes, tools)
                    .build(corpus.sources(), corpus.options(), sink, build.progress());
            sink.finish(made);
            requireSame(repaired == null ? null : repaired.manifest(), made);
            change(corpus.ready(made));
        } catch (IOException | RuntimeException e) {
            if (!stopping) {
                failed(build, sink.opened(), e);
            }
        } finally {
            running.remove(corpus.id());
        }
    }

    /** @param written whether the logs are touched */
    private void failed(Build build, boolean written, Exception e) {
        String id = build.corpus().id();
        BuildProgress progress = build.progress();
        String cause = progress.isCancelled() ? BuildProgress.CANCELLED : String.valueOf(e.getMessage());
        String reason = freed(id, Credentials.hiddenIn(cause));
        Corpus before = build.repaired();
        if (before != null && !written) {
            problems.put(id, "it was not written again, its logs are as they were: " + reason);
            change(before);
        } else {
            change(build.corpus().failed(reason, progress.findings()));
        }
    }

    private String freed(String id, String reason) {
        try {
            workFolder.free(id);
            return reason;
        } catch (IOException e) {
            return reason + "; its spill could not be deleted: " + e.getMessage();
        }
    }

    private static void requireSame(@Nullable CorpusManifest wanted, CorpusManifest made) {
        CorpusManifest.Logs before = wanted == null ? null : wanted.logs();
        CorpusManifest.Logs after = made.logs();
        if (before != null
                && after != null
                && !(before.sha256().equals(after.sha256())
                        && before.heldOutSha256().equals(after.heldOutSha256()))) {
            throw new IllegalStateException("written again it is another corpus: its log had the digest "
                    + before.sha256() + ", now " + after.sha256() + "; studies on it cannot go on");
        }
    }

    private void change(Corpus corpus) {
        store.update(corpus);
        observer.changed(corpus);
    }
}
