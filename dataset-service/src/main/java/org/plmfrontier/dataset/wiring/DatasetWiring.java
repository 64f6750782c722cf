package org.plmfrontier.dataset.wiring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.compression.Bzip2;
import org.plmfrontier.dataset.compression.Zstd;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.evaluation.StudyEvaluations;
import org.plmfrontier.dataset.fasta.Gzip;
import org.plmfrontier.dataset.fasta.SequenceFile;
import org.plmfrontier.dataset.ingest.Corpora;
import org.plmfrontier.dataset.ingest.CorpusStore;
import org.plmfrontier.dataset.ingest.CorpusUploads;
import org.plmfrontier.dataset.ingest.WorkFolder;
import org.plmfrontier.dataset.kafka.DeadLetters;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.kafka.KafkaCorpusEvents;
import org.plmfrontier.dataset.kafka.KafkaJobLog;
import org.plmfrontier.dataset.kafka.KafkaTokenLogs;
import org.plmfrontier.dataset.kafka.KafkaTopics;
import org.plmfrontier.dataset.mmseqs.Mmseqs;
import org.plmfrontier.dataset.plan.CheckpointSpacing;
import org.plmfrontier.dataset.plan.SliceTime;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.s3.BucketAccess;
import org.plmfrontier.dataset.s3.BucketFiles;
import org.plmfrontier.dataset.source.LocalFiles;
import org.plmfrontier.dataset.source.SourceRoots;
import org.plmfrontier.dataset.source.Sources;
import org.plmfrontier.dataset.source.Uploads;
import org.plmfrontier.dataset.study.DeviceSpeeds;
import org.plmfrontier.dataset.study.EventOddities;
import org.plmfrontier.dataset.study.MeasuredSpacing;
import org.plmfrontier.dataset.study.MeasuredSpeed;
import org.plmfrontier.dataset.study.ProgressBook;
import org.plmfrontier.dataset.study.Studies;
import org.plmfrontier.dataset.study.StudyDeletion;
import org.plmfrontier.dataset.study.StudyStore;
import org.plmfrontier.dataset.web.WebFiles;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.disk.DiskQuota;
import org.plmfrontier.runtime.health.StartupReadiness;
import org.plmfrontier.runtime.process.OneMachine;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.runtime.retry.StartupSequence;

/** Joins the domain to Kafka and PostgreSQL, and says what happens at start and stop. */
@ApplicationScoped
public class DatasetWiring {
    private static final Logger LOG = Logger.getLogger(DatasetWiring.class);
    private static final int BEFORE_CHANNELS = 100;
    private static final int SECONDS_TO_STOP = 10;
    private static final long MOST_JSON_BYTES = 10 << 20;

    private final ExecutorService builds = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("ingest").daemon().unstarted(task));
    private final ScheduledExecutorService cuts = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("slice-cuts").daemon().unstarted(task));
    private final ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("ingest-reports").daemon().unstarted(task));

    @Produces
    @Singleton
    ObjectMapper mapper() {
        StreamReadConstraints bounds = StreamReadConstraints.builder()
                .maxDocumentLength(MOST_JSON_BYTES)
                .build();
        return WireFormat.configure(JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(bounds).build()))
                .build();
    }

    @Produces
    @Singleton
    KafkaClients clients(@Identifier("default-kafka-broker") Map<String, Object> shared, DatasetConfig config) {
        return new KafkaClients(shared, config.waits().broker());
    }

    @Produces
    @Singleton
    Backoff backoff(DatasetConfig config) {
        return new Backoff(config.waits().firstPause(), config.waits().longestPause());
    }

    @Produces
    @Singleton
    Admin admin(KafkaClients clients) {
        return clients.admin();
    }

    @Produces
    @Singleton
    KafkaTopics topics(Admin admin, DatasetConfig config) {
        return new KafkaTopics(
                admin,
                config.jobs().partitions(),
                config.events().partitions(),
                config.topics().replication(),
                config.waits().broker());
    }

    @Produces
    @Singleton
    KafkaJobLog jobLog(KafkaClients clients, KafkaTopics topics) {
        return new KafkaJobLog(clients, topics, System::nanoTime);
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(KafkaClients clients) {
        return new DeadLetters(clients);
    }

    @Produces
    @Singleton
    KafkaCorpusEvents corpusEvents(KafkaClients clients) {
        return new KafkaCorpusEvents(clients, InstantSource.system());
    }

    @Produces
    @Singleton
    BucketAccess buckets(DatasetConfig config) {
        DatasetConfig.S3 s3 = config.s3();
        return new BucketAccess(s3.endpoint(), s3.region(), s3.anonymous());
    }

    @Produces
    @Singleton
    BuildTools buildTools(BucketAccess buckets, DatasetConfig config, Backoff backoff) {
        return new BuildTools(
                new Sources(
                        List.of(
                                new LocalFiles(),
                                new WebFiles(
                                        config.waits().source(),
                                        config.sources().nearRedirects()),
                                new BucketFiles(buckets)),
                        config.uploads()
                                .folder()
                                .map(Path::of)
                                .map(roots(config)::and)
                                .orElseGet(() -> roots(config)),
                        attempt -> waitBefore(attempt, backoff)),
                new SequenceFile(List.of(new Gzip(), new Zstd(), new Bzip2())),
                new Mmseqs(config.mmseqs().command(), config.mmseqs().threads()));
    }

    @Produces
    @Singleton
    CorpusUploads uploads(CorpusStore store, DatasetConfig config) {
        DatasetConfig.Uploads uploads = config.uploads();
        return new CorpusUploads(
                store,
                uploads.folder()
                        .map(folder -> new Uploads(new DiskQuota(new DiskQuota.Limits(
                                Path.of(folder),
                                uploads.fileBytes(),
                                uploads.totalBytes(),
                                uploads.freeBytes(),
                                "dataset.uploads"))))
                        .orElse(null),
                InstantSource.system());
    }

    @Produces
    @Singleton
    WorkFolder workFolder(DatasetConfig config) {
        return new WorkFolder(config.ingest()
                .folder()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "plm-frontier-ingest")));
    }

    @Produces
    @Singleton
    Corpora corpora(
            CorpusStore store,
            KafkaClients clients,
            KafkaTopics topics,
            KafkaCorpusEvents events,
            BuildTools tools,
            WorkFolder workFolder,
            DatasetConfig config) {
        return new Corpora(
                store,
                new KafkaTokenLogs(clients, topics),
                new Corpora.Workshop(builds, workFolder, config.ingest().shuffleMemoryBytes(), tools),
                System::nanoTime,
                new LoggedCorpora(events));
    }

    @Produces
    @Singleton
    Studies studies(StudyStore store, KafkaJobLog jobs, Corpora corpora, ProgressBook book, DatasetConfig config) {
        DatasetConfig.Slices slices = config.slices();
        DatasetConfig.Trainers trainers = config.trainers();
        SliceTime time = new SliceTime(
                slices.time(),
                slices.longestTime(),
                slices.horizon(),
                new MeasuredSpacing(
                        book.checkpoints(),
                        store,
                        CheckpointSpacing.assumed(trainers.copyBytesPerSecond(), trainers.checkpointBytesPerSecond())),
                new MeasuredSpeed(book.speeds(), store, trainers.flopsPerSecond()));
        Slicing slicing = new Slicing(
                slices.targetFlops(), slices.ofLargestRun(), slices.mostPerRun(), time, trainers.memoryBytes());
        return new Studies(
                store, jobs, corpora::present, slicing, config.scaling().workPerTrainer(), InstantSource.system());
    }

    @Produces
    @Singleton
    StudyDeletion deletion(Studies studies, StudyStore store, KafkaJobLog jobs) {
        return new StudyDeletion(studies, store, jobs, InstantSource.system());
    }

    @Produces
    @Singleton
    ProgressBook progressBook(StudyStore store, EventOddities oddities) {
        return new ProgressBook(store, oddities);
    }

    @Produces
    @Singleton
    @Readiness
    StartupReadiness startupReadiness(StartupSequence startup) {
        return new StartupReadiness(startup);
    }

    /** Without tokens only the profiles of one machine are open. */
    @Produces
    @Singleton
    WriteAccess access(DatasetConfig config) {
        return OneMachine.access(config.access().tokens());
    }

    @Produces
    @Singleton
    StartupSequence startup(
            Flyway flyway,
            KafkaTopics topics,
            Studies studies,
            StudyDeletion deletion,
            ProgressBook book,
            StudyStore store,
            Corpora corpora,
            CorpusUploads uploads,
            StudyEvaluations evaluations,
            KafkaCorpusEvents events,
            Backoff backoff,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String database,
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers) {
        return new StartupSequence(
                List.of(
                        new StartupSequence.Step(database.replaceFirst("\\?.*", ""), flyway::migrate),
                        new StartupSequence.Step("Kafka at " + brokers, topics::ensureShared),
                        new StartupSequence.Step(
                                "speeds of devices", () -> book.speeds().restore(store.measured(DeviceSpeeds.RUNS))),
                        new StartupSequence.Step("studies half deleted", deletion::complete),
                        new StartupSequence.Step("studies half published", studies::completePublication),
                        new StartupSequence.Step("files of evaluations", evaluations::sweep),
                        new StartupSequence.Step("corpora half built", () -> {
                            corpora.all().forEach(events::changed);
                            corpora.resume();
                            uploads.sweep();
                        })),
                backoff,
                LOG::warn);
    }

    void start(
            @Observes @Priority(BEFORE_CHANNELS) StartupEvent event,
            StartupSequence startup,
            Studies studies,
            StudyDeletion deletion,
            StudyEvaluations evaluations,
            Corpora corpora,
            KafkaCorpusEvents events,
            DatasetConfig config,
            WriteAccess access) {
        LOG.info(access.summary());
        startup.begin();
        long millis = config.ingest().progressEvery().toMillis();
        reports.scheduleWithFixedDelay(
                () -> events.progressed(corpora.reports()), millis, millis, TimeUnit.MILLISECONDS);
        long refill = config.slices().refillEvery().toMillis();
        cuts.scheduleWithFixedDelay(
                () -> lookAfter(startup, deletion, studies, evaluations), refill, refill, TimeUnit.MILLISECONDS);
    }

    /** What fails is tried again at the next look. */
    private static void lookAfter(
            StartupSequence startup, StudyDeletion deletion, Studies studies, StudyEvaluations evaluations) {
        try {
            startup.await();
            deletion.complete();
            int count = studies.cutAhead();
            int asked = evaluations.askDue();
            if (count + asked > 0) {
                LOG.debugf("%d further slices, %d evaluations", count, asked);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "studies cannot be deleted, the next slices not cut or evaluations not asked for, trying again: %s",
                    FailureSentence.of(e));
        }
    }

    void stop(@Observes ShutdownEvent event, StartupSequence startup, Corpora corpora) throws InterruptedException {
        startup.stop();
        corpora.stop();
        reports.shutdownNow();
        cuts.shutdownNow();
        builds.shutdownNow();
        if (!builds.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            LOG.warn("a build did not stop in time; it is repeated at the next start");
        }
    }

    void close(@Disposes Admin admin) {
        admin.close();
    }

    void close(@Disposes BucketAccess buckets) {
        buckets.close();
    }

    void close(@Disposes DeadLetters letters) {
        letters.close();
    }

    void close(@Disposes KafkaCorpusEvents events) {
        events.close();
    }

    void close(@Disposes WorkFolder folder) throws IOException {
        folder.close();
    }

    void close(@Disposes KafkaJobLog jobs) {
        jobs.close();
    }

    private static SourceRoots roots(DatasetConfig config) {
        return config.sources()
                .roots()
                .map(SourceRoots::below)
                .orElseGet(() -> OneMachine.isActive() ? SourceRoots.anywhere() : SourceRoots.below(List.of()));
    }

    private static void waitBefore(int attempt, Backoff backoff) throws IOException {
        try {
            Thread.sleep(backoff.after(attempt, ThreadLocalRandom.current()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the source was not waited for");
        }
    }
}
