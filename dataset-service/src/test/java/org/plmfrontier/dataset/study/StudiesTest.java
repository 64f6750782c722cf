package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;

class StudiesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition PLACE = new LogPosition("events", Map.of());

    private final ReadyCorpus corpus = new ReadyCorpus(Profiles.loads(300, 6));
    private final MemoryStudyStore store = new MemoryStudyStore(corpus.profile());
    private final MemoryJobLog log = new MemoryJobLog();
    private final List<String> oddities = new ArrayList<>();
    private final Studies studies = new Studies(
            store,
            log,
            corpus::corpus,
            new Slicing(OptionalDouble.empty(), 8, 100),
            Duration.ofMinutes(8),
            InstantSource.fixed(AT));

    @Test
    void aStudyIsStoredAnnouncedAndPublishedOnce() {
        Studies.Submitted submitted = studies.submit(spec("a", 5e5));
        assertThat(submitted.created()).isTrue();
        assertThat(submitted.study().published()).isTrue();
        assertThat(log.announced).hasSize(2);
        assertThat(log.jobs).isEqualTo(store.jobs("a"));
        assertThat(studies.submit(spec("a", 5e5)).created()).isFalse();
        assertThat(log.jobs).isEqualTo(store.jobs("a"));
        assertThatThrownBy(() -> studies.submit(spec("a", 6e5))).isInstanceOf(ConflictException.class);
    }

    @Test
    void aPublicationThatBrokeOffIsCompletedWithoutAJobTwice() {
        for (int limit = 0; limit < 10; limit++) {
            String id = "broken-" + limit;
            log.limit = log.jobs.size() + limit;
            assertThatThrownBy(() -> studies.submit(spec(id, 5e5))).hasMessageContaining("broker");
            assertThat(studies.get(id).published()).isFalse();
            log.limit = Integer.MAX_VALUE;
            recover(id, limit);
            assertThat(studies.get(id).published()).isTrue();
            assertThat(jobs(id)).isEqualTo(store.jobs(id));
        }
    }

    /** Half of the time by a restart, half of the time by asking again. */
    private void recover(String id, int round) {
        if (round % 2 == 0) {
            studies.completePublication();
        } else {
            assertThat(studies.submit(spec(id, 5e5)).created()).isFalse();
        }
    }

    @Test
    void studiesOnCorporaThatAreNotReadyAreRefused() {
        StudySpec ingesting = onCorpus("ingesting");
        assertThatThrownBy(() -> studies.submit(ingesting))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("corpus"))
                .hasMessageContaining("INGESTING");
        assertThatThrownBy(() -> studies.submit(onCorpus("nothing")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no corpus");
    }

    @Test
    void newRunsGoWhereTheLeastWorkIsLeft() {
        studies.submit(spec("a", 5e5));
        studies.submit(spec("b", 5e5));
        Map<Integer, Double> load = new TreeMap<>();
        store.activeRuns().forEach(run -> load.merge(run.partition(), run.spec().expectedFlops(), Double::sum));
        assertThat(load).hasSize(3);
    }

    @Test
    void progressIsCountedOnceAndStrangersAreReported() {
        studies.submit(spec("a", 5e5));
        BatchJob job = store.jobs("a").getFirst();
        String run = job.run().runId();
        ProgressBook book = new ProgressBook(store, new Told());
        SliceCompleted slice = TrainingEventSliceCompletedBuilder.builder()
                .studyId("a")
                .runId(run)
                .slice(0)
                .step(4)
                .toRecord(job.toRecord())
                .tokens(9)
                .computeFlops(job.expectedFlops())
                .checkpoint("c")
                .trainer("t")
                .at(AT)
                .build();
        RunStateChanged training = new RunStateChanged("a", run, RunState.TRAINING, 0, "", AT);
        int last = store.run(run).orElseThrow().slices() - 1;
        double before = studies.backlog().remainingFlops();
        book.apply(List.of(training, slice), PLACE);
        book.apply(List.of(training, slice), PLACE);
        assertThat(before - studies.backlog().remainingFlops()).isEqualTo(job.expectedFlops());
        assertThat(oddities).isEmpty();
        book.apply(List.of(new RunStateChanged("x", "stranger", RunState.TRAINING, 0, "", AT)), PLACE);
        book.apply(
                List.of(
                        new RunStateChanged("a", run, RunState.COMPLETED, 9, "", AT),
                        TrainingEventSliceCompletedBuilder.builder()
                                .studyId("a")
                                .runId(run)
                                .slice(last)
                                .step(9)
                                .toRecord(job.run().endRecord())
                                .tokens(9)
                                .computeFlops(10)
                                .checkpoint("c")
                                .trainer("t")
                                .at(AT)
                                .build(),
                        new RunStateChanged("a", run, RunState.DIVERGED, 9, "", AT)),
                PLACE);
        assertThat(oddities).hasSize(2).anyMatch(text -> text.contains("stranger"));
        assertThat(store.run(run).orElseThrow().remainingFlops()).isZero();
    }

    @Test
    void aResumedRunGetsTheJobsThatAreNotDone() {
        studies.submit(spec("a", 5e5));
        BatchJob job = store.jobs("a").getLast();
        String run = job.run().runId();
        new ProgressBook(store, new Told())
                .apply(
                        List.of(TrainingEventSliceCompletedBuilder.builder()
                                .studyId("a")
                                .runId(run)
                                .slice(1)
                                .step(4)
                                .toRecord(job.toRecord())
                                .tokens(9)
                                .computeFlops(9)
                                .checkpoint("c")
                                .trainer("t")
                                .at(AT)
                                .build()),
                        PLACE);
        int before = log.jobs.size();
        studies.command(run, RunCommand.Action.STOP, "enough", "me");
        assertThat(log.jobs).hasSize(before);
        studies.command(run, RunCommand.Action.RESUME, "more", "me");
        assertThat(log.jobs.subList(before, log.jobs.size()))
                .extracting(BatchJob::slice)
                .startsWith(2)
                .hasSize(store.run(run).orElseThrow().slices() - 2);
        assertThat(log.commands).hasSize(2).allMatch(command -> command.at().equals(AT));
        assertThatThrownBy(() -> studies.command("x", RunCommand.Action.STOP, "", ""))
                .isInstanceOf(UnknownException.class);
    }

    private List<BatchJob> jobs(String study) {
        return log.jobs.stream()
                .filter(job -> job.run().studyId().equals(study))
                .toList();
    }

    @Test
    void aPreviewSaysWhatTheStudyWouldBeAndLeavesNothing() {
        StudyPlan preview = studies.preview(spec("seen", 5e5));
        assertThat(studies.all()).isEmpty();
        assertThat(studies.submit(spec("seen", 5e5)).study().expectedFlops()).isEqualTo(preview.expectedFlops());
        assertThatThrownBy(() -> studies.preview(onCorpus("ingesting"))).hasMessageContaining("not READY");
    }

    @Test
    void aCommandToAStudyReachesEveryRun() {
        studies.submit(spec("stopped", 5e5));
        assertThat(studies.commandAll("stopped", RunCommand.Action.STOP, "enough", "test"))
                .extracting(RunCommand::runId)
                .containsExactlyElementsOf(studies.runs("stopped").stream()
                        .map(run -> run.spec().runId())
                        .toList());
        assertThatThrownBy(() -> studies.commandAll("none", RunCommand.Action.STOP, "", ""))
                .isInstanceOf(UnknownException.class);
    }

    @Test
    void theThroughputIsThatOfTheSlicesBetweenTheFirstAndTheLast() {
        Throughput throughput = new Throughput();
        assertThat(throughput.flopsPerSecond()).isEmpty();
        throughput.add(Instant.ofEpochSecond(100), 7e9);
        assertThat(throughput.flopsPerSecond()).isEmpty();
        throughput.add(Instant.ofEpochSecond(104), 2e9);
        throughput.add(Instant.ofEpochSecond(110), 3e9);
        assertThat(throughput.flopsPerSecond()).hasValue(5e8);
    }

    private static StudySpec spec(String id, double budget) {
        return StudySpecBuilder.builder()
                .id(id)
                .corpus("ready")
                .shapes(List.of(ModelShape.esm2(1, 16, 2), ModelShape.esm2(2, 64, 4)))
                .tokenBudgets(List.of(budget / 2, budget))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
    }

    private static StudySpec onCorpus(String corpus) {
        StudySpec spec = spec("a", 5e5);
        return StudySpecBuilder.builder()
                .id("a")
                .corpus(corpus)
                .shapes(spec.shapes())
                .tokenBudgets(spec.tokenBudgets())
                .recipe(spec.recipe())
                .seeds(spec.seeds())
                .build();
    }

    /** Keeps what it observes. */
    private final class Told implements EventOddities {
        @Override
        public void undecodable(String place, String reason) {
            oddities.add(place + reason);
        }

        @Override
        public void unknownRun(String runId) {
            oddities.add(runId);
        }

        @Override
        public void impossible(String reason) {
            oddities.add(reason);
        }
    }
}
