package org.plmfrontier.fitting.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.db.PublishedFrontiers;
import org.plmfrontier.fitting.http.LiveSettings;
import org.plmfrontier.fitting.http.PageLinks;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.intake.Importer;
import org.plmfrontier.fitting.kafka.EventReader;
import org.plmfrontier.fitting.kafka.FrontierPublisher;
import org.plmfrontier.fitting.kafka.PredictionSealer;
import org.plmfrontier.fitting.kafka.ProgressReader;
import org.plmfrontier.fitting.kafka.ReadSettings;
import org.plmfrontier.fitting.kafka.SealSettings;
import org.plmfrontier.fitting.live.FitSettings;
import org.plmfrontier.fitting.live.PastFits;
import org.plmfrontier.fitting.live.RefitPolicy;
import org.plmfrontier.fitting.live.RefitSettings;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.live.Refitter.Refitted;
import org.plmfrontier.fitting.metrics.MeterSettings;
import org.plmfrontier.fitting.metrics.PredictionMeters;
import org.plmfrontier.fitting.metrics.ProgressMeters;
import org.plmfrontier.fitting.metrics.StudyMeters;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.progress.ProgressCounters;
import org.plmfrontier.fitting.progress.ProgressSettings;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.publication.PlateauView;
import org.plmfrontier.fitting.publication.PredictionsView;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.EventLog;
import org.plmfrontier.fitting.study.PublishedFits;
import org.plmfrontier.fitting.study.Refusal;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;
import org.plmfrontier.fitting.study.StudyStore;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.disk.DiskQuota;
import org.plmfrontier.runtime.health.StartupReadiness;
import org.plmfrontier.runtime.process.OneMachine;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.StartupSequence;

/** Puts the service together: the only class that knows the science and the technology. */
@ApplicationScoped
public class FittingWiring {
    private static final Logger LOG = Logger.getLogger(FittingWiring.class);

    private final ExecutorService fitting = Executors.newSingleThreadExecutor(task -> new Thread(task, "fitting"));

    /** Empty until the service has begun. */
    @Produces
    @Singleton
    Studies studies(FittingConfig config) {
        return new Studies(new StepThinning(config.curve().pointsPerOctave()));
    }

    @Produces
    @Singleton
    StudyArchive archive(Studies studies, StudyStore store) {
        return new StudyArchive(studies, store);
    }

    /** The studies are as the database knows them before the first new event, and before anything is fitted. */
    @Produces
    @Singleton
    StartupSequence startup(
            Flyway flyway,
            StudyStore store,
            ImportStore imports,
            Studies studies,
            StudyArchive archive,
            Importer importer,
            EventReader reader,
            PredictionSealer sealer,
            Refitter refitter,
            StudyMeters meters,
            FittingConfig config,
            Backoff backoff,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String database) {
        return new StartupSequence(
                List.of(
                        new StartupSequence.Step(database.replaceFirst("\\?.*", ""), flyway::migrate),
                        new StartupSequence.Step("the studies of the database", () -> {
                            importer.separate();
                            replay(store, imports, studies, archive, config);
                        }),
                        new StartupSequence.Step("the log", () -> {
                            reader.start();
                            sealer.start();
                            fitting.execute(() -> keepFitting(refitter, studies, meters));
                        })),
                backoff,
                LOG::warn);
    }

    /** Of all settled studies but the latest the points stay in the database. */
    private static void replay(
            StudyStore store, ImportStore imports, Studies studies, StudyArchive archive, FittingConfig config) {
        Set<String> evicted =
                store.settled().stream().skip(config.refit().keep()).collect(Collectors.toSet());
        store.replay(evicted, batch -> {
            List<Refusal> refusals = studies.add(batch);
            refusals.forEach(refusal -> LOG.warnf("stored event left out: %s", refusal.reason()));
        });
        studies.all().stream().filter(study -> evicted.contains(study.id())).forEach(archive::evict);
        imports.replay(new StepThinning(config.curve().pointsPerOctave()), studies::add);
        LOG.infof(
                "%d studies in the database, %d of them evicted", studies.all().size(), evicted.size());
    }

    @Produces
    @Singleton
    Importer importer(
            ImportStore imports,
            Studies studies,
            FittingConfig config,
            Refitter refitter,
            FrontierPublisher publisher) {
        return new Importer(
                imports,
                studies,
                new StepThinning(config.curve().pointsPerOctave()),
                (study, removal) -> refitter.forget(study, () -> {
                    publisher.retract(study);
                    removal.run();
                }));
    }

    @Produces
    @Singleton
    PublishedFits publishedFits(Refitter refitter, FrontierPublisher publisher) {
        return study -> refitter.forget(study, () -> publisher.retract(study));
    }

    @Produces
    @Singleton
    ReadSettings readSettings(FittingConfig config) {
        FittingConfig.Events events = config.events();
        return new ReadSettings(events.group().id(), events.batch(), events.turn(), events.stopping());
    }

    @Produces
    @Singleton
    Backoff backoff(FittingConfig config) {
        return new Backoff(config.events().firstPause(), config.events().longestPause());
    }

    @Produces
    @Singleton
    EventCounters counters() {
        return new EventCounters();
    }

    @Produces
    @Singleton
    Progress progress(Studies studies, FittingConfig config) {
        FittingConfig.Progress progress = config.progress();
        return new Progress(
                studies,
                new ProgressSettings(progress.limit(), progress.pointsPerRun(), progress.points()),
                System::nanoTime);
    }

    @Produces
    @Singleton
    ProgressCounters progressCounters() {
        return new ProgressCounters();
    }

    /** What the topic forecasts says; empty until it is read. */
    @Produces
    @Singleton
    PredictionBook predictions() {
        return new PredictionBook();
    }

    @Produces
    @Singleton
    SealSettings sealSettings(FittingConfig config) {
        return new SealSettings(config.refit().share());
    }

    @Produces
    @Singleton
    LiveSettings liveSettings(FittingConfig config) {
        return new LiveSettings(
                config.live().tick(),
                config.live().progressTick(),
                config.live().idleTicks(),
                config.live().streams(),
                config.live().streamsPerClient());
    }

    @Produces
    @Singleton
    DiskQuota importQuota(FittingConfig config) {
        FittingConfig.Imports imports = config.imports();
        return new DiskQuota(new DiskQuota.Limits(
                imports.folder().orElse(Path.of(System.getProperty("java.io.tmpdir"))),
                imports.fileBytes(),
                imports.totalBytes(),
                imports.freeBytes(),
                "fitting.imports"));
    }

    @Produces
    @Singleton
    PageLinks pageLinks(FittingConfig config) {
        return PageLinks.of(config.pages().studies(), config.pages().models());
    }

    @Produces
    @Singleton
    MeterSettings meterSettings(FittingConfig config) {
        return new MeterSettings(config.metrics().studies());
    }

    @Produces
    @Singleton
    Publication publication(
            FrontierPublisher publisher, PublishedFrontiers published, PredictionBook predictions, StudyMeters meters) {
        return new Publication(publisher, published, predictions, meters);
    }

    @Produces
    @Singleton
    Refitter refitter(
            Studies studies,
            StudyArchive archive,
            FittingConfig config,
            Publication publication,
            EventCounters counters) {
        FittingConfig.Refit refit = config.refit();
        RefitPolicy usual = new RefitPolicy(refit.interval(), refit.share());
        RefitPolicy behind = new RefitPolicy(refit.interval(), refit.shareBehind());
        return new Refitter(
                studies,
                archive,
                new RefitSettings(() -> counters.isBehind() ? behind : usual, settings(refit), refit.keep()),
                InstantSource.system(),
                publication::publish);
    }

    @Produces
    @Singleton
    PastFits pastFits(EventLog log, FittingConfig config) {
        return new PastFits(log, new StepThinning(config.curve().pointsPerOctave()), settings(config.refit()));
    }

    private static FitSettings settings(FittingConfig.Refit refit) {
        return new FitSettings(
                Stiffness.crossValidated(), new Bootstrap(refit.resamples(), refit.level(), refit.seed()));
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
    WriteAccess access(FittingConfig config) {
        return OneMachine.access(config.access().tokens());
    }

    void announce(@Observes StartupEvent started, WriteAccess access) {
        LOG.info(access.summary());
    }

    void start(@Observes StartupEvent started, StartupSequence startup) {
        startup.begin();
    }

    /** Provisional steps need no database: they are followed from the first moment. */
    void follow(
            @Observes StartupEvent started,
            ProgressReader reader,
            MeterRegistry registry,
            Progress progress,
            ProgressCounters counters,
            PredictionBook predictions) {
        ProgressMeters.register(registry, progress, counters);
        PredictionMeters.register(registry, predictions);
        reader.start();
    }

    /** First nothing more comes in, then nothing more is fitted and published; connections close last, by themselves. */
    void stop(
            @Observes ShutdownEvent stopped,
            StartupSequence startup,
            EventReader reader,
            ProgressReader progress,
            PredictionSealer sealer,
            FittingConfig config)
            throws InterruptedException {
        startup.stop();
        progress.stop();
        sealer.stop();
        reader.stop();
        fitting.shutdownNow();
        fitting.awaitTermination(config.events().stopping().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void keepFitting(Refitter refitter, Studies studies, StudyMeters meters) {
        while (!fitting.isShutdown()) {
            try {
                Duration rest = refitter.refitDue();
                meters.refresh(studies.all());
                Thread.sleep(rest);
            } catch (InterruptedException | CancellationException e) {
                return;
            } catch (RuntimeException | AssertionError e) {
                LOG.error(
                        "a study could not be fitted, which is tried again when it changes, or published, which is tried soon",
                        e);
            }
        }
    }

    /** Where a new fit goes: to the topic, to the database for dashboards, to the meters. */
    record Publication(
            FrontierPublisher publisher, PublishedFrontiers published, PredictionBook predictions, StudyMeters meters) {
        void publish(Refitted refitted) {
            meters.refitted(refitted.fit(), refitted.took());
            Study study = refitted.fit().study();
            FrontierView frontier = FrontierView.of(refitted.fit());
            publisher.publish(study.id(), frontier);
            List<PlateauView.OfRun> plateaus = refitted.fit().runs().values().stream()
                    .map(PlateauView.OfRun::of)
                    .toList();
            boolean read = predictions.notReadReason().isEmpty();
            published.keep(
                    study.id(),
                    WireFormat.encode(frontier),
                    WireFormat.encode(plateaus),
                    read
                            ? WireFormat.encode(
                                    PredictionsView.of(study, predictions).predictions())
                            : null);
        }
    }
}
