package org.plmfrontier.dataset.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildReport;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusBuilder;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.UnknownException;
import org.plmfrontier.dataset.source.Credentials;
import org.plmfrontier.dataset.spill.SpillFolder;

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

    private final CorpusStore store;
    private final TokenLogs logs;
    private final Executor builds;
    private final Path workFolder;
    private final long shuffleMemoryBytes;
    private final BuildTools tools;
    private final LongSupplier nanos;
    private final CorpusObserver observer;
    private final Map<String, BuildProgress> running = new ConcurrentHashMap<>();
    private final BuildProgress totals = new BuildProgress(0, null);
    private volatile boolean stopping;

    /**
     * @param builds runs the builds, one at a time
     * @param workFolder where builds spill
     * @param shuffleMemoryBytes largest spill file that is sorted in memory
     * @param nanos time from any fixed moment, nanoseconds, for rates
     * @param observer told of every corpus that starts, is ready, failed or is deleted
     */
    public Corpora(
            CorpusStore store,
            TokenLogs logs,
            Executor builds,
            Path workFolder,
            long shuffleMemoryBytes,
            BuildTools tools,
            LongSupplier nanos,
            CorpusObserver observer) {
        this.store = store;
        this.logs = logs;
        this.builds = builds;
        this.workFolder = workFolder;
        this.shuffleMemoryBytes = shuffleMemoryBytes;
        this.tools = tools;
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
        Corpus asked = Corpus.asked(tools.sources().find(addresses), options);
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

    /** Starts the builds that a restart cut off, and looks whether the broker still has what is ready. */
    public void resume() {
        store.all().forEach(this::checked);
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
     * Deletes a corpus with its logs.
     *
     * @throws UnknownException where there is no such corpus
     * @throws ConflictException where a study uses it, or it is being built
     */
    public synchronized void delete(String id) throws IOException {
        get(id);
        List<String> studies = store.studiesOf(id);
        if (!studies.isEmpty()) {
            throw new ConflictException("corpus " + id + " is used by " + String.join(", ", studies));
        }
        if (running.containsKey(id)) {
            throw new ConflictException("corpus " + id + " is being built");
        }
        store.remove(id);
        logs.delete(id);
        SpillFolder.delete(workFolder.resolve(id));
        observer.deleted(id);
    }

    /** All corpora, oldest first. */
    public List<Corpus> all() {
        return store.all();
    }

    /** How far the build of a corpus is; empty where none runs or waits. */
    public Optional<BuildProgress> progress(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** How far every build is that runs or waits, by corpus. */
    public Map<String, BuildReport> reports() {
        Map<String, BuildReport> reports = new HashMap<>();
        running.forEach((id, progress) -> reports.put(id, BuildReport.of(progress)));
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
                        + "; ask for it again to write it again",
                manifest.findings());
        change(lost);
        return lost;
    }

    private void start(Corpus corpus) {
        BuildProgress progress = new BuildProgress(corpus.bytes(), totals, nanos);
        if (running.putIfAbsent(corpus.id(), progress) == null) {
            builds.execute(() -> build(corpus, progress));
        }
    }

    private void build(Corpus corpus, BuildProgress progress) {
        try {
            observer.changed(corpus);
            change(corpus.ready(write(corpus, progress)));
        } catch (IOException | RuntimeException e) {
            if (!stopping) {
                change(corpus.failed(Credentials.hiddenIn(String.valueOf(e.getMessage())), progress.findings()));
            }
        } finally {
            running.remove(corpus.id());
        }
    }

    private void change(Corpus corpus) {
        store.update(corpus);
        observer.changed(corpus);
    }

    private CorpusManifest write(Corpus corpus, BuildProgress progress) throws IOException {
        try (TokenLog training = logs.training(corpus.id());
                TokenLog heldOut = logs.heldOut(corpus.id())) {
            LogSink sink = new LogSink(corpus.id(), store, training, heldOut);
            CorpusManifest manifest = new CorpusBuilder(workFolder.resolve(corpus.id()), shuffleMemoryBytes, tools)
                    .build(corpus.sources(), corpus.options(), sink, progress);
            sink.storeLoads();
            training.finish(manifest.records());
            heldOut.finish(manifest.heldOutRecords());
            return manifest;
        }
    }
}
