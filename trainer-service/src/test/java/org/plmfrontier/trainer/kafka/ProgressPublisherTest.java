package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StepLoad;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedStep;

class ProgressPublisherTest extends TrainerScene {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void stepsAreThereWhileTheirSliceTrainsAndAreThoseThatAreCommittedLater() throws Exception {
        RunSpec run = run("a", 12);
        Studies.jobs(run, 12).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill sixth = Standstill.before(engine, 6);
        try (TrainerProcess trainer = trainer("one", engine)) {
            sixth.await();
            await().atMost(PATIENCE).until(() -> provisional(run).size() == 5);
            assertThat(steps(run)).as("nothing is committed yet").isEmpty();
            sixth.proceed();
            awaitConsumed();
            await().atMost(PATIENCE).until(() -> provisional(run).size() == 12);
        }
        assertCompleteAndEqualToUndisturbed(run);
        assertThat(provisional(run).stream()
                        .map(step -> List.<Number>of(step.step(), step.tokens(), step.computeFlops(), step.lossNats()))
                        .toList())
                .containsExactlyElementsOf(steps(run).stream()
                        .map(step -> List.<Number>of(step.step(), step.tokens(), step.computeFlops(), step.lossNats()))
                        .toList());
        assertThat(topics.progress(run.runId())).allSatisfy(record -> {
            assertThat(record.studyId()).isEqualTo(study);
            assertThat(record.slice()).isZero();
            assertThat(record.trainer()).isEqualTo(study + "-one");
        });
    }

    @Test
    void aNewOwnersStepsCarryALaterGeneration() throws Exception {
        RunSpec run = run("a", 8);
        Studies.jobs(run, 8).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill fourth = Standstill.before(engine, 4);
        try (TrainerProcess trainer = trainer("one", engine)) {
            fourth.await();
            await().atMost(PATIENCE).until(() -> provisional(run).size() == 3);
            Thread leaving = leave(trainer, PATIENCE);
            fourth.proceed();
            leaving.join();
        }
        int first = topics.progress(run.runId()).getLast().leaseGeneration();
        try (TrainerProcess newOwner = trainer("two", new FakeEngine())) {
            awaitConsumed();
            await().atMost(PATIENCE).until(() -> provisional(run).getLast().step() == 8);
        }
        List<ProvisionalSteps> later = topics.progress(run.runId()).stream()
                .filter(record -> record.trainer().endsWith("two"))
                .toList();
        assertThat(later)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.leaseGeneration()).isGreaterThan(first));
        assertThat(steps(run).stream().map(TrainingEvent.StepCompleted::step)).hasSize(8);
    }

    @Test
    void aSliceThatIsTriedAgainBeginsARecordOfItsOwn() throws Exception {
        RunSpec run = run("again", 8);
        try (ProgressPublisher publisher =
                new ProgressPublisher(StudyTopics.settings(servers, "again"), Duration.ofMillis(1), () -> NOW)) {
            publisher.began(Studies.jobs(run, 8).getFirst(), new Lease(0, 3));
            IntStream.of(1, 2, 3, 1, 2).forEach(step -> publisher.stepped(run, step(step), 1));
            publisher.start();
            await().atMost(PATIENCE).until(() -> publisher.published() == 5);
        }
        assertThat(topics.progress(run.runId()).stream()
                        .map(record -> record.steps().stream()
                                .map(ProvisionalStep::step)
                                .toList()))
                .containsExactly(List.of(1L, 2L, 3L), List.of(1L, 2L));
        assertThat(provisional(run)).allSatisfy(step -> assertThat(step.at()).isEqualTo(NOW));
    }

    @Test
    void withoutABrokerTrainingGoesOnAndStepsAreDroppedAndCounted() throws Exception {
        RunSpec run = run("alone", 8);
        BatchJob job = Studies.jobs(run, 8).getFirst();
        try (ProgressPublisher publisher = new ProgressPublisher(
                StudyTopics.settings("127.0.0.1:" + FreePorts.next(), "alone"), Duration.ofMillis(1), () -> NOW)) {
            publisher.start();
            publisher.began(job, new Lease(0, 3));
            long began = System.nanoTime();
            IntStream.rangeClosed(1, 50_000).forEach(step -> publisher.stepped(run, step(step), 1));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            await().atMost(PATIENCE).until(() -> publisher.dropped() == 50_000);
            assertThat(publisher.published()).isZero();
        }
    }

    @Test
    void anIntervalOfZeroPublishesNothing() throws Exception {
        RunSpec run = run("off", 8);
        try (ProgressPublisher publisher =
                new ProgressPublisher(StudyTopics.settings(servers, "off"), Duration.ZERO, InstantSource.system())) {
            Set<Thread> before = threads();
            publisher.start();
            publisher.began(Studies.jobs(run, 8).getFirst(), new Lease(0, 3));
            IntStream.rangeClosed(1, 5_000).forEach(step -> publisher.stepped(run, step(step), 1));
            assertThat(threads()).isSubsetOf(before);
            assertThat(publisher.published() + publisher.dropped()).isZero();
        }
        assertThat(provisional(run)).isEmpty();
        assertThatThrownBy(() -> new ProgressPublisher(
                        StudyTopics.settings(servers, "off"), Duration.ofSeconds(-1), InstantSource.system()))
                .hasMessageContaining("trainer.progress.interval must not be negative");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("training-progress"))
                .collect(Collectors.toSet());
    }

    private static TrainedStep step(int number) {
        StepLoad load = new StepLoad(100, 1_000_000_000L, 1_100_000_000L);
        return new TrainedStep(
                new RunProgress(number, number, 100L * number, 1e9 * number, 1.1e9 * number), load, 3, 1e-3, 1);
    }

    private static List<ProvisionalStep> provisional(RunSpec run) {
        return topics.progress(run.runId()).stream()
                .flatMap(record -> record.steps().stream())
                .toList();
    }
}
