package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.runtime.digest.Sha256;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.Evaluations;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.evaluator.EvaluationObserver;
import org.plmfrontier.trainer.evaluator.SpareTime;
import org.plmfrontier.trainer.evaluator.StateEvaluator;
import org.plmfrontier.trainer.model.TrainedModels;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;

/** States are evaluated by whichever trainer takes the job, on a real broker. */
class EvaluationJobsTest extends TrainerScene {
    private static final long SEED = 20240611;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Counts, and is of use to nobody else. */
    private static final class Counts implements EvaluationObserver {
        final AtomicInteger retried = new AtomicInteger();

        @Override
        public void evaluated(DownstreamEvaluated result) {}

        @Override
        public void retried() {
            retried.incrementAndGet();
        }

        @Override
        public void deadLettered() {}
    }

    /** Measures how many bytes its file has. */
    private record Size(long bytes, Runnable before) implements DownstreamEvaluation {
        @Override
        public Outcome measure(ProteinModel model) {
            before.run();
            return new Outcome(
                    List.of(new Measure("bytes", "", bytes, 1)),
                    List.of("of " + model.shape().family()));
        }

        @Override
        public Map<String, List<Measure>> baselines() {
            return Map.of("nothing", List.of(new Measure("bytes", "", 0, 1)));
        }

        @Override
        public List<String> findings() {
            return List.of("read");
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void aStateIsMeasuredWithTheFileFromItsTopicAndTheResultSaysWhat() throws Exception {
        RunSpec run = trained("a");
        byte[] content = new byte[EvaluationData.PART_BYTES + 77];
        new Random(SEED).nextBytes(content);
        EvaluationSpec evaluation = evaluation("size", write(content));
        evaluator("one", sizes(() -> {}));
        topics.sendEvaluation(new EvaluationJob(run, run.endRecord(), evaluation));
        DownstreamEvaluated result = awaitResults(run, 1).getFirst();
        assertThat(result.evaluation()).isEqualTo(evaluation);
        assertThat(result.step()).isEqualTo(run.endRecord());
        assertThat(result.tokens()).isPositive();
        assertThat(result.measures()).containsExactly(new Measure("bytes", "", content.length, 1));
        assertThat(result.baselines()).containsOnlyKeys("nothing");
        assertThat(result.findings()).containsExactly("read", "of ESM2");
        assertThat(Files.size(folder.resolve("files-one")
                        .resolve(evaluation.data().getFirst().sha256())))
                .isEqualTo(content.length);
    }

    @Test
    void dataThatCannotBeUsedIsAResultWithoutNumbersThatSaysWhy() throws Exception {
        RunSpec run = trained("b");
        evaluator("two", (evaluation, files) -> {
            throw new UnusableDataException("scan.csv, line 3: no score");
        });
        topics.sendEvaluation(new EvaluationJob(
                run, run.endRecord(), evaluation("bad", write("x".getBytes(StandardCharsets.UTF_8)))));
        DownstreamEvaluated result = awaitResults(run, 1).getFirst();
        assertThat(result.measures()).isEmpty();
        assertThat(result.findings()).containsExactly("scan.csv, line 3: no score");
    }

    @Test
    void whatCannotBeDoneGoesToTheDeadLettersAndTheNextIsTaken() throws Exception {
        RunSpec run = trained("c");
        EvaluationSpec evaluation = evaluation("size", write("four".getBytes(StandardCharsets.UTF_8)));
        AtomicInteger attempts = new AtomicInteger();
        Counts counts = evaluator("three", (spec, files) -> {
            if (spec.name().equals("broken")) {
                attempts.incrementAndGet();
                throw new IllegalStateException("not of the data");
            }
            return sizes(() -> {}).of(spec, files);
        });
        topics.sendEvaluationRaw(run.runId(), "{".getBytes(StandardCharsets.UTF_8));
        topics.sendEvaluation(new EvaluationJob(run, run.endRecord(), evaluation("broken", evaluation.data())));
        topics.sendEvaluation(new EvaluationJob(run, run.endRecord(), evaluation));
        assertThat(awaitResults(run, 1)).hasSize(1);
        assertThat(topics.evaluationDeadLetters(run.runId()))
                .hasSize(2)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("no EvaluationJob"),
                        reason -> assertThat(reason).contains("not of the data"));
        assertThat(attempts).hasValue(2);
        assertThat(counts.retried).hasPositiveValue();
    }

    @Test
    void ofAStateThatIsGoneTheResultSaysSoAndABrokenOneIsADeadLetter() throws Exception {
        RunSpec run = trained("g");
        EvaluationSpec evaluation = evaluation("size", write("four".getBytes(StandardCharsets.UTF_8)));
        FolderCheckpoints store = new FolderCheckpoints(folder, "any");
        Path state = folder.resolve(store.names(run.runId()).getFirst());
        evaluator("seven", sizes(() -> {}));
        topics.sendEvaluation(new EvaluationJob(run, run.endRecord() + 1, evaluation));
        DownstreamEvaluated gone = awaitResults(run, 1).getFirst();
        assertThat(gone.gone()).contains("no state of run " + run.runId() + " at record 3");
        assertThat(gone.step()).isEqualTo(3);
        assertThat(gone.measures()).isEmpty();
        assertThat(topics.evaluationDeadLetters(run.runId())).isEmpty();
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length - 1] ^= 1;
        Files.write(state, bytes);
        topics.sendEvaluation(new EvaluationJob(run, run.endRecord(), evaluation));
        await().atMost(PATIENCE)
                .until(() -> !topics.evaluationDeadLetters(run.runId()).isEmpty());
        assertThat(results(run)).hasSize(1);
    }

    @Test
    void aReleaseBehindAnEvaluationDeletesTheStateThatWasKeptForItAlone() throws Exception {
        RunSpec run = run("h", 6);
        EvaluationSpec evaluation = evaluation("size", write("four".getBytes(StandardCharsets.UTF_8)));
        try (TrainerProcess trainer = trainer("th", new FakeEngine())) {
            topics.send(0, new BatchJob(run, 0, 0, 2, 1e6, List.of(30.0)));
            topics.send(0, new BatchJob(run, 1, 2, 4, 1e6));
            topics.send(0, new BatchJob(run, 2, 4, 6, 1e6));
            await().atMost(PATIENCE).until(() -> slices(run).size() == 3);
        }
        FolderCheckpoints store = new FolderCheckpoints(folder, "any");
        assertThat(store.names(run.runId())).hasSize(3);
        topics.sendEvaluation(new EvaluationJob(run, 2, evaluation));
        topics.sendEvaluation(EvaluationJob.release(run, 2));
        topics.sendEvaluation(EvaluationJob.release(run, 6));
        topics.sendEvaluation(new EvaluationJob(run, 2, evaluation));
        topics.sendEvaluation(new EvaluationJob(run, 6, evaluation));
        evaluator("eight", sizes(() -> {}));
        List<DownstreamEvaluated> results = awaitResults(run, 3);
        assertThat(results.get(0).measures()).hasSize(1);
        assertThat(results.get(1).gone()).contains("no state of run");
        assertThat(results.get(2).measures()).hasSize(1);
        assertThat(store.names(run.runId())).hasSize(2).noneMatch(name -> name.contains(".kept"));
    }

    @Test
    void ofADeletedRunNothingIsMeasured() throws Exception {
        RunSpec gone = trained("d");
        RunSpec kept = trained("e");
        topics.command(new RunCommand(gone.runId(), RunCommand.Action.DELETE, "", "", Instant.EPOCH), gone.runId());
        EvaluationSpec evaluation = evaluation("size", write("four".getBytes(StandardCharsets.UTF_8)));
        evaluator("four", sizes(() -> {}));
        topics.sendEvaluation(new EvaluationJob(gone, gone.endRecord(), evaluation));
        topics.sendEvaluation(new EvaluationJob(kept, kept.endRecord(), evaluation));
        awaitResults(kept, 1);
        assertThat(results(gone)).isEmpty();
        assertThat(topics.evaluationDeadLetters(gone.runId())).isEmpty();
    }

    @Test
    void anotherTrainerTakesTheJobOfOneThatLeavesInTheMiddle() throws Exception {
        RunSpec run = trained("f");
        EvaluationSpec evaluation = evaluation("size", write("four".getBytes(StandardCharsets.UTF_8)));
        CountDownLatch inside = new CountDownLatch(1);
        EvaluationJobs first = jobs(
                "five",
                sizes(() -> {
                    inside.countDown();
                    waitForever();
                }),
                new Counts());
        topics.sendEvaluation(new EvaluationJob(run, run.endRecord(), evaluation));
        inside.await();
        first.close();
        evaluator("six", sizes(() -> {}));
        assertThat(awaitResults(run, 1).getFirst().trainer()).endsWith("six");
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("given up");
        }
    }

    /** A run with its last state in the store. */
    private RunSpec trained(String name) throws InterruptedException {
        RunSpec run = run(name, 2);
        try (TrainerProcess trainer = trainer("t" + name, new FakeEngine())) {
            topics.send(0, new BatchJob(run, 0, 0, 2, 1e6));
            await().atMost(PATIENCE).until(() -> slices(run).size() == 1);
        }
        return run;
    }

    private static Evaluations sizes(Runnable before) {
        return (evaluation, files) -> {
            Path file = files.of(evaluation.data().getFirst());
            return new Size(Files.size(file), before);
        };
    }

    private Counts evaluator(String name, Evaluations evaluations) {
        Counts counts = new Counts();
        jobs(name, evaluations, counts);
        return counts;
    }

    private EvaluationJobs jobs(String name, Evaluations evaluations, Counts counts) {
        KafkaSettings settings = StudyTopics.settings(servers, study + "-" + name);
        RunCommands commands = new RunCommands(settings);
        commands.start();
        StateEvaluator evaluator = new StateEvaluator(
                new TrainedModels(new FolderCheckpoints(folder, name)),
                new FakeEngine(),
                new StateEvaluator.Reading(
                        evaluations, new EvaluationDataTopics(settings, folder.resolve("files-" + name))),
                new SpareTime(1, false, () -> false, System::nanoTime, Thread::sleep),
                InstantSource.system(),
                settings.trainer());
        EvaluationJobs jobs = new EvaluationJobs(settings, commands, evaluator, counts, TrainerProcess.ATTEMPTS);
        jobs.start();
        opened.add(jobs);
        opened.add(commands);
        return jobs;
    }

    private static List<EvaluationData> write(byte[] content) {
        String sha256 = HexFormat.of().formatHex(Sha256.digest().digest(content));
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < content.length; from += EvaluationData.PART_BYTES) {
            parts.add(Arrays.copyOfRange(content, from, Math.min(content.length, from + EvaluationData.PART_BYTES)));
        }
        topics.writeFile(Topics.evaluationData(sha256), parts);
        return List.of(new EvaluationData("proteins", "file", sha256, content.length));
    }

    private static EvaluationSpec evaluation(String name, List<EvaluationData> data) {
        return new EvaluationSpec(name, EvaluationKind.PERPLEXITY, new TreeMap<>(Map.of("seed", name)), data);
    }

    private List<DownstreamEvaluated> awaitResults(RunSpec run, int count) {
        await().atMost(PATIENCE).until(() -> results(run).size() >= count);
        return results(run);
    }

    private List<DownstreamEvaluated> results(RunSpec run) {
        return topics.events(study).stream()
                .filter(DownstreamEvaluated.class::isInstance)
                .map(DownstreamEvaluated.class::cast)
                .filter(result -> result.runId().equals(run.runId()))
                .toList();
    }
}
