package org.plmfrontier.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.trainer.kafka.StudyTopics;

/** The packaged trainer service as a process, and what it publishes. */
final class TrainerRuns implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final long GRACE_SECONDS = 30;

    private final Process process;
    private final StudyTopics topics;

    private TrainerRuns(Process process, StudyTopics topics) {
        this.process = process;
        this.topics = topics;
    }

    static TrainerRuns start(Path jar, String servers, Path home, StudyTopics topics) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx300m", "-XX:+UseSerialGC", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("trainer.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        servers,
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        "0",
                        "TRAINER_NAME",
                        "overhead",
                        "TRAINER_DATA_DIR",
                        home.resolve("trainer").toString(),
                        "TRAINER_CHECKPOINT_DIR",
                        home.resolve("checkpoints").toString()));
        return new TrainerRuns(builder.start(), topics);
    }

    /** Trains a run to its end: tokens after its first step over the time from the first step to the last. */
    Rate train(List<BatchJob> jobs) throws InterruptedException {
        double cpuBefore = cpuSeconds();
        jobs.forEach(job -> topics.send(0, job));
        String run = jobs.getFirst().run().runId();
        while (!completed(run)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the trainer service left with status " + process.exitValue());
            }
            Thread.sleep(POLL);
        }
        List<TrainingEvent.StepCompleted> steps = steps(run);
        Instant first = steps.getFirst().at();
        Instant last = steps.getLast().at();
        double tokens = steps.getLast().tokens() - steps.getFirst().tokens();
        return new Rate(
                tokens / (Duration.between(first, last).toNanos() / 1e9),
                steps.getLast().tokens() / (cpuSeconds() - cpuBefore));
    }

    private double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private boolean completed(String run) {
        return topics.events("overhead").stream()
                .anyMatch(event -> event.runId().equals(run)
                        && event instanceof TrainingEvent.RunStateChanged changed
                        && changed.state().isFinal());
    }

    private List<TrainingEvent.StepCompleted> steps(String run) {
        return topics.events("overhead").stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(TrainingEvent.StepCompleted.class::cast)
                .filter(step -> step.runId().equals(run))
                .sorted(Comparator.comparingLong(TrainingEvent.StepCompleted::step))
                .toList();
    }
}
