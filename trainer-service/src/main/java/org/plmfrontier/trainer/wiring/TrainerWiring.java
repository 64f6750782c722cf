package org.plmfrontier.trainer.wiring;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.process.OneMachine;
import org.plmfrontier.runtime.retry.Backoff;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.DeviceIdentity;
import org.plmfrontier.trainer.engine.SelfTest;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.health.TrainerLiveness;
import org.plmfrontier.trainer.health.TrainerReadiness;
import org.plmfrontier.trainer.http.ModelsResource;
import org.plmfrontier.trainer.http.ModelsResourcePartsBuilder;
import org.plmfrontier.trainer.kafka.BrokerPing;
import org.plmfrontier.trainer.kafka.EvaluationJobs;
import org.plmfrontier.trainer.kafka.HeartbeatThread;
import org.plmfrontier.trainer.kafka.JobHandler;
import org.plmfrontier.trainer.kafka.JobPartitions;
import org.plmfrontier.trainer.kafka.KafkaSettings;
import org.plmfrontier.trainer.kafka.KafkaTokenLog;
import org.plmfrontier.trainer.kafka.KafkaWaits;
import org.plmfrontier.trainer.kafka.PollAge;
import org.plmfrontier.trainer.kafka.ProgressPublisher;
import org.plmfrontier.trainer.kafka.RunCommands;
import org.plmfrontier.trainer.kafka.SlicePublisher;
import org.plmfrontier.trainer.kafka.WorkRequests;
import org.plmfrontier.trainer.metrics.ProgressMetrics;
import org.plmfrontier.trainer.metrics.ResourceMetrics;
import org.plmfrontier.trainer.metrics.TrainingMetrics;
import org.plmfrontier.trainer.model.ModelEvaluation;
import org.plmfrontier.trainer.model.TrainedModels;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;
import org.plmfrontier.trainer.slice.CheckpointThread;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.JobProcessor;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.TrainingObservers;

/** Puts the trainer together. */
@ApplicationScoped
public class TrainerWiring {
    private static final Logger LOG = Logger.getLogger(TrainerWiring.class);

    private final TrainerConfig config;

    TrainerWiring(TrainerConfig config) {
        this.config = config;
    }

    /** Starts and tests the engine before any job can come; without an engine the process ends. */
    @Produces
    @Singleton
    @Startup
    TrainingEngine engine() throws IOException {
        EngineSettings settings = new EngineSettings(
                config.threads(),
                config.engineDir().orElse(config.dataDir().resolve("engine")),
                config.devices(),
                config.activationBytes());
        DjlTrainingEngine engine = DjlTrainingEngine.start(settings);
        SelfTest.run(engine);
        return engine;
    }

    void closeEngine(@Disposes TrainingEngine engine) {
        engine.close();
    }

    @Produces
    @Singleton
    KafkaSettings kafka(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            @ConfigProperty(name = "quarkus.http.port") int port)
            throws UnknownHostException {
        TrainerConfig.Waits waits = config.waits();
        Backoff backoff = new Backoff(waits.firstPause(), waits.longestPause());
        return new KafkaSettings(
                connection,
                name(port),
                new KafkaWaits(waits.call(), waits.transaction(), waits.tokenLog(), waits.retries(), backoff));
    }

    @Produces
    @Singleton
    JobPartitions partitions() {
        return new JobPartitions();
    }

    @Produces
    @Singleton
    RunCommands commands(KafkaSettings kafka) {
        RunCommands commands = new RunCommands(kafka);
        commands.start();
        return commands;
    }

    void closeCommands(@Disposes RunCommands commands) {
        commands.close();
    }

    @Produces
    @Singleton
    KafkaTokenLog tokenLog(KafkaSettings kafka) {
        return new KafkaTokenLog(kafka);
    }

    @Produces
    @Singleton
    CheckpointPlace checkpoints(KafkaSettings kafka) {
        CheckpointPlace checkpoints = CheckpointPlace.of(config, kafka.trainer());
        try {
            checkpoints.sweep().run();
            ModelsResource.sweep(uploads(), kafka.trainer());
        } catch (IOException e) {
            LOG.warnf("what an earlier process left unfinished stays: %s", FailureSentence.of(e));
        }
        checkpoints.notReadyReason().get().ifPresent(LOG::error);
        return checkpoints;
    }

    @Produces
    @Singleton
    CheckpointStore store(CheckpointPlace checkpoints) {
        return checkpoints.store();
    }

    /** Models are measured with a token log of their own: the training thread's is not shared. */
    @Produces
    @Singleton
    ModelsResource.Parts models(
            CheckpointStore store,
            TrainingEngine engine,
            KafkaSettings kafka,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        TrainedModels models = new TrainedModels(store);
        String commit = config.commit().map(hash -> ", commit " + hash).orElse("");
        return ModelsResourcePartsBuilder.builder()
                .models(models)
                .evaluation(new ModelEvaluation(models, engine, new KafkaTokenLog(kafka)))
                .store(store)
                .format(SafetensorsModels::write)
                .opener(SafetensorsModels::open)
                .uploads(uploads())
                .trainer(kafka.trainer())
                .software("version " + version + commit)
                .build();
    }

    @Produces
    @Singleton
    TrainingMetrics metrics(MeterRegistry registry, TrainingEngine engine, CheckpointPlace checkpoints) {
        ResourceMetrics.register(registry, checkpoints.disk());
        return new TrainingMetrics(registry, identity(engine));
    }

    private DeviceIdentity identity(TrainingEngine engine) {
        return new DeviceIdentity(config.deviceName().orElseGet(engine::deviceName), config.peakFlops());
    }

    @Produces
    @Singleton
    ProgressPublisher progress(KafkaSettings kafka, MeterRegistry registry) {
        ProgressPublisher progress =
                new ProgressPublisher(kafka, config.progress().interval(), InstantSource.system());
        ProgressMetrics.register(registry, progress, ProgressPublisher::published, ProgressPublisher::dropped);
        progress.start();
        return progress;
    }

    void closeProgress(@Disposes ProgressPublisher progress) throws InterruptedException {
        progress.close();
    }

    @Produces
    @Singleton
    CheckpointThread checkpointThread() {
        return new CheckpointThread(config.snapshotBytes().orElseGet(TrainerWiring::quarterOfMemory), Clock.system());
    }

    void closeCheckpointThread(@Disposes CheckpointThread thread) {
        thread.close();
    }

    /** Of the container where there is one. */
    private static long quarterOfMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / 4;
    }

    @Produces
    @Singleton
    JobHandler handler(
            TrainingEngine engine,
            CheckpointPlace checkpoints,
            CheckpointThread writer,
            KafkaTokenLog log,
            KafkaSettings kafka,
            JobPartitions partitions,
            RunCommands commands,
            ProgressPublisher progress,
            TrainingMetrics metrics) {
        ResidentRuns resident = new ResidentRuns(config.residentRuns());
        SliceTrainer trainer = new SliceTrainer(
                new SliceTrainer.Device(engine, resident, identity(engine)),
                new SliceTrainer.Storage(checkpoints.store(), log),
                new SliceTrainer.HostMemory(config.heldOutTokensKept(), config.stepsAhead()),
                new TrainingObservers(List.of(metrics, progress)),
                Clock.system(),
                kafka.trainer());
        return new JobHandler(
                new JobHandler.Channels(kafka, partitions, commands, new SlicePublisher(kafka, partitions)),
                new JobProcessor(trainer, writer, checkpoints.attempts(), config.attempts(), engine.threads()),
                resident,
                metrics,
                config.attempts());
    }

    @Produces
    @Singleton
    BrokerPing brokerPing(KafkaSettings kafka) {
        return new BrokerPing(kafka);
    }

    void closePing(@Disposes BrokerPing ping) {
        ping.close();
    }

    /** The engine's bean exists only after its self-test. */
    @Produces
    @Singleton
    TrainerReadiness.Probes probes(
            TrainingEngine engine, BrokerPing ping, JobHandler handler, CheckpointPlace checkpoints) {
        return new TrainerReadiness.Probes(
                () -> engine.threads() > 0,
                ping::notReadyReason,
                () -> handler.notReadyReason().or(checkpoints.notReadyReason()));
    }

    @Produces
    @Singleton
    TrainerLiveness.Signs signs(
            JobHandler handler,
            RunCommands commands,
            EvaluationJobs evaluations,
            JobPartitions partitions,
            KafkaClientService clients,
            @ConfigProperty(name = "mp.messaging.incoming.jobs.group.id") String group) {
        HeartbeatThread heartbeat = new HeartbeatThread(group, () -> partitions.count() > 0, System::nanoTime);
        return new TrainerLiveness.Signs(
                handler::stalledFor,
                () -> PollAge.of(clients.getConsumer("jobs").unwrap()),
                () -> commands.end().or(handler::end).or(heartbeat::end).or(evaluations::end),
                config.stallLimit());
    }

    @Produces
    @Singleton
    WorkRequests workRequests(
            KafkaSettings kafka,
            JobPartitions partitions,
            JobHandler handler,
            KafkaClientService clients,
            @ConfigProperty(name = "mp.messaging.incoming.jobs.group.id") String group) {
        return new WorkRequests(
                kafka,
                group,
                partitions,
                () -> handler.stalledFor().isPresent(),
                () -> clients.getConsumer("jobs")
                        .runOnPollingThread(consumer -> {
                            consumer.enforceRebalance("a trainer without work");
                        })
                        .subscribe()
                        .with(done -> {}, e -> LOG.warnf("work was asked for in vain: %s", FailureSentence.of(e))));
    }

    void askForWork(@Observes StartupEvent started, WorkRequests requests) {
        requests.start(config.waits().workRequest());
    }

    void closeWorkRequests(@Disposes WorkRequests requests) {
        requests.close();
    }

    /** Before the channel leaves the group, while the slice's part can still be published. */
    void stop(@Observes @Priority(1) ShutdownEvent event, JobHandler handler) throws InterruptedException {
        handler.stop(config.gracePeriod());
    }

    /** Without tokens only the profiles of one machine are open. */
    @Produces
    @Singleton
    WriteAccess access() {
        return OneMachine.access(config.access().tokens());
    }

    void announce(@Observes StartupEvent started, WriteAccess access) {
        LOG.info(access.summary());
    }

    private Path uploads() {
        return config.dataDir().resolve("uploads");
    }

    private String name(int port) throws UnknownHostException {
        return TrainerName.of(
                config.name(), port, () -> InetAddress.getLocalHost().getHostName());
    }
}
