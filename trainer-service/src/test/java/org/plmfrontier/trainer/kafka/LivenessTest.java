package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** What the real handler reports of its watchdog. */
class LivenessTest extends TrainerScene {
    private static final Duration STILL = Duration.ofSeconds(2);

    @Test
    void aStepThatNeverEndsShowsAndAWaitForADiskOrForJobsDoesNot() throws Exception {
        RunSpec run = run("a", 8);
        Path inTheWay = Files.writeString(folder.resolve(run.runId()), "a file where the run's folder should be");
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill third = Standstill.before(engine, 3);
        try (TrainerProcess trainer = trainer("one", engine)) {
            third.await();
            await().atMost(PATIENCE)
                    .until(() -> trainer.stalledFor()
                            .filter(still -> still.compareTo(STILL) > 0)
                            .isPresent());
            assertThat(trainer.sincePoll())
                    .get()
                    .satisfies(age -> assertThat(age).isLessThan(STILL));
            third.proceed();
            await().atMost(PATIENCE).until(() -> trainer.notReadyReason().isPresent());
            await().atMost(PATIENCE)
                    .until(() -> trainer.stalledFor()
                            .filter(still -> still.compareTo(STILL) < 0)
                            .isPresent());
            Files.delete(inTheWay);
            awaitConsumed();
            await().atMost(PATIENCE).until(() -> trainer.stalledFor().isEmpty());
            assertThat(trainer.sincePoll()).isPresent();
        }
        assertCompleteAndEqualToUndisturbed(run);
    }

    /** Fails like a process without memory, in the middle of a poll. */
    public static final class OutOfMemory implements ConsumerInterceptor<String, byte[]> {
        @Override
        public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
            throw new OutOfMemoryError("planted");
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configuration) {}
    }

    @Test
    void aReaderOfCommandsThatDiedIsNamedAndNoRunIsTrainedPastItsStop() {
        topics.command(new RunCommand("r", RunCommand.Action.STOP, "", "test", Instant.now()), "r");
        KafkaSettings plain = StudyTopics.settings(servers, "dying");
        Map<String, Object> connection = new HashMap<>(plain.connection());
        connection.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, OutOfMemory.class.getName());
        try (RunCommands commands = new RunCommands(new KafkaSettings(connection, "dying", plain.waits()))) {
            assertThat(commands.end()).isEmpty();
            commands.start();
            await().atMost(PATIENCE).until(() -> commands.end().isPresent());
            assertThat(commands.end()).contains("the thread run-commands ended: planted");
            assertThatThrownBy(() -> commands.stopOf("r"))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("not followed any more");
        }
    }

    @Test
    void aStepThatEndsInAnErrorEndsTheJobLoopAndThatIsSaid() throws Exception {
        RunSpec run = run("a", 4);
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        engine.beforeStep(() -> {
            throw new StackOverflowError();
        });
        try (TrainerProcess trainer = trainer("one", engine)) {
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> trainer.end().isPresent());
            assertThat(trainer.end()).contains("the job loop ended: StackOverflowError, StackOverflowError");
        }
    }

    @Test
    void aHeartbeatThatStaysAwayIsNamed() throws Exception {
        AtomicLong nanos = new AtomicLong();
        AtomicBoolean owned = new AtomicBoolean();
        HeartbeatThread heartbeat = new HeartbeatThread("nobody", owned::get, nanos::get);
        assertThat(isMissedLater(heartbeat, nanos)).as("nothing is owned").isFalse();
        owned.set(true);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform()
                .name("kafka-coordinator-heartbeat-thread | nobody")
                .start(() -> waitFor(end));
        assertThat(isMissedLater(heartbeat, nanos)).as("it lives").isFalse();
        end.countDown();
        thread.join();
        assertThat(heartbeat.end()).as("the next poll may start it again").isEmpty();
        assertThat(isMissedLater(heartbeat, nanos)).isTrue();
        assertThat(heartbeat.end()).get().asString().contains("heartbeat-thread | nobody ended");
    }

    private static boolean isMissedLater(HeartbeatThread heartbeat, AtomicLong nanos) {
        boolean unused = heartbeat.end().isPresent();
        nanos.addAndGet(HeartbeatThread.LIMIT.plusSeconds(1).toNanos());
        return heartbeat.end().isPresent();
    }
}
