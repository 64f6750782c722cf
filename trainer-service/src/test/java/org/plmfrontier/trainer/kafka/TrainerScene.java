package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.stack.TestStack;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** Trainers on a real broker with a fake engine, and what they published. */
abstract class TrainerScene {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static String servers;
    static StudyTopics topics;
    static CorpusRef corpus;
    static List<TokenBatch> training;
    static List<TokenBatch> heldOut;

    @TempDir
    Path folder;

    String study;
    String group;

    @BeforeAll
    static void start(TestInfo tests) {
        String id = tests.getTestClass().orElseThrow().getSimpleName();
        servers = TestStack.get().bootstrapServers();
        topics = new StudyTopics(servers);
        training = Studies.records(id, 8, 3, 20, 1);
        heldOut = Studies.records(id, 2, 3, 20, 2);
        corpus = topics.writeCorpus(id, training, heldOut);
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        study = "s" + Math.abs(test.getDisplayName().hashCode());
        group = "g-" + study;
        topics.beginAtTheEnd(group);
    }

    static Thread leave(TrainerProcess trainer, Duration grace) {
        Thread leaving = Thread.ofPlatform().daemon().start(() -> {
            try {
                trainer.stop(grace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(PATIENCE).until(() -> leaving.getState() == Thread.State.TIMED_WAITING);
        return leaving;
    }

    List<Integer> slices(RunSpec run) {
        return topics.events(study).stream()
                .filter(TrainingEvent.SliceCompleted.class::isInstance)
                .map(TrainingEvent.SliceCompleted.class::cast)
                .filter(slice -> slice.runId().equals(run.runId()))
                .map(TrainingEvent.SliceCompleted::slice)
                .toList();
    }

    TrainerProcess trainer(String name, FakeEngine engine) {
        return new TrainerProcess(servers, study + "-" + name, group, folder, engine).start();
    }

    TrainerProcess trainer(String name, FakeEngine engine, UnaryOperator<CheckpointStore> around) {
        return trainer(name, engine, around, 1 << 30);
    }

    TrainerProcess trainer(String name, FakeEngine engine, UnaryOperator<CheckpointStore> around, long snapshotBytes) {
        return new TrainerProcess(servers, study + "-" + name, group, folder, engine, around, snapshotBytes).start();
    }

    RunSpec run(String name, long end) {
        return Studies.run(study, study + "-" + name, Studies.SMALL, Studies.recipe(1), corpus, end);
    }

    void awaitConsumed() {
        for (int partition = 0; partition < StudyTopics.PARTITIONS; partition++) {
            int place = partition;
            await().atMost(PATIENCE).until(() -> topics.backlog(place, group) == 0);
        }
    }

    List<TrainingEvent.StepCompleted> steps(RunSpec run) {
        return topics.events(study).stream()
                .filter(TrainingEvent.StepCompleted.class::isInstance)
                .map(TrainingEvent.StepCompleted.class::cast)
                .filter(step -> step.runId().equals(run.runId()))
                .toList();
    }

    void assertCompleteAndEqualToUndisturbed(RunSpec... runs) {
        List<Double> undisturbed = null;
        for (RunSpec run : runs) {
            List<TrainingEvent.StepCompleted> steps = steps(run);
            assertThat(steps.stream().map(TrainingEvent.StepCompleted::step))
                    .as("steps of %s", run.runId())
                    .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, run.endRecord())
                            .boxed()
                            .toList());
            List<Double> losses =
                    steps.stream().map(TrainingEvent.StepCompleted::lossNats).toList();
            undisturbed = undisturbed == null ? Undisturbed.losses(run) : undisturbed;
            assertThat(losses).as("losses of %s", run.runId()).containsExactlyElementsOf(undisturbed);
            assertThat(topics.events(study).stream()
                            .filter(event -> event.runId().equals(run.runId()))
                            .filter(event -> event instanceof TrainingEvent.RunStateChanged change
                                    && change.state() == RunState.COMPLETED))
                    .hasSize(1);
        }
    }

    static RunSpec beginningWith(RunSpec run, String weights) {
        return new RunSpec(
                run.studyId(),
                run.runId(),
                run.name(),
                run.shape(),
                run.recipe(),
                run.corpus(),
                run.budgets(),
                run.expectedFlops(),
                weights);
    }

    static Recipe withThreads(Recipe recipe, int threads) {
        return RecipeBuilder.builder()
                .name(recipe.name())
                .schedule(recipe.schedule())
                .optimizer(recipe.optimizer())
                .masking(recipe.masking())
                .tokenDropout(recipe.tokenDropout())
                .recordsPerStep(recipe.recordsPerStep())
                .precision(recipe.precision())
                .deterministic(recipe.deterministic())
                .seed(recipe.seed())
                .threads(threads)
                .build();
    }

    /** Holds an engine before one of its steps. */
    record Standstill(CountDownLatch inside, CountDownLatch proceeds) {
        static Standstill before(FakeEngine engine, int step) {
            Standstill standstill = new Standstill(new CountDownLatch(1), new CountDownLatch(1));
            AtomicInteger calls = new AtomicInteger();
            engine.beforeStep(() -> {
                if (calls.incrementAndGet() == step) {
                    standstill.inside.countDown();
                    waitFor(standstill.proceeds);
                }
            });
            return standstill;
        }

        /** As {@link #before}; slices that ended before that step are committed by then. */
        static Standstill behindCommits(FakeEngine engine, int step, AtomicReference<TrainerProcess> trainer) {
            Standstill standstill = new Standstill(new CountDownLatch(1), new CountDownLatch(1));
            AtomicInteger calls = new AtomicInteger();
            engine.beforeStep(() -> {
                int call = calls.incrementAndGet();
                if (call == step - 1) {
                    trainer.get().awaitWrites();
                } else if (call == step) {
                    standstill.inside.countDown();
                    waitFor(standstill.proceeds);
                }
            });
            return standstill;
        }

        void await() throws InterruptedException {
            inside.await();
        }

        void proceed() {
            proceeds.countDown();
        }
    }

    static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
