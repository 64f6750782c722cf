package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;

class StudyExtensionTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition PLACE = new LogPosition("events", Map.of());
    private static final ModelShape SMALL = ModelShape.esm2(1, 16, 2);
    private static final ModelShape LARGE = ModelShape.esm2(2, 64, 4);
    private static final Recipe RECIPE = FrozenRecipes.byName().get("frontier-default");

    private final ReadyCorpus corpus = new ReadyCorpus(Profiles.loads(300, 6));
    private final MemoryStudyStore store = new MemoryStudyStore(corpus.profile());
    private final MemoryJobLog log = new MemoryJobLog();
    private final Studies studies = new Studies(
            store,
            log,
            corpus::corpus,
            new Slicing(OptionalDouble.empty(), 8, 100),
            Duration.ofMinutes(8),
            InstantSource.fixed(AT));

    @Test
    void aFurtherBudgetGoesOnWhereTheRunEnds() {
        Study before = studies.submit(spec(RECIPE, SMALL, LARGE)).study();
        Map<String, List<BatchJob>> first = byRun(log.jobs);
        List<RunSpec> specs = studies.runs("a").stream().map(StudyRun::spec).toList();
        Study after = studies.extend("a", List.of(), List.of(1e6));
        assertThat(after.published()).isTrue();
        assertThat(after.expectedFlops()).isGreaterThan(before.expectedFlops());
        assertThat(after.spec().tokenBudgets()).containsExactly(2.5e5, 5e5, 1e6);
        byRun(log.jobs).forEach((run, jobs) -> {
            List<BatchJob> old = first.get(run);
            assertThat(jobs.subList(0, old.size())).isEqualTo(old);
            assertThat(jobs)
                    .extracting(BatchJob::slice)
                    .isEqualTo(Stream.iterate(0, n -> n + 1).limit(jobs.size()).toList());
            assertThat(jobs.get(old.size()).fromRecord())
                    .isEqualTo(old.getLast().toRecord());
            assertThat(jobs.getLast().toRecord()).isEqualTo(jobs.getLast().run().endRecord());
            assertThat(jobs.getLast().run().goesOnFrom(old.getLast().run())).isTrue();
        });
        assertThat(log.announced.subList(specs.size(), log.announced.size()))
                .extracting(planned -> planned.run().runId())
                .containsExactlyElementsOf(specs.stream().map(RunSpec::runId).toList());
    }

    @Test
    void runsOfAnEarlierVersionWhoseIdsNameNoSpecificationGoOnUnderTheirIds() {
        StudyPlan plan = studies.preview(spec(RECIPE, SMALL));
        RunSpec old = plan.runs().getFirst();
        RunSpec run = old.withRunId(old.runId().substring(0, old.runId().length() - 9));
        List<BatchJob> jobs = plan.jobs().stream()
                .map(job -> new BatchJob(run, job.slice(), job.fromRecord(), job.toRecord(), job.expectedFlops()))
                .toList();
        store.add(new StudyPlan(plan.spec(), List.of(run), Map.of(run.runId(), 1), jobs), Map.of(), AT);
        studies.completePublication();
        studies.extend("a", List.of(LARGE), List.of(1e6));
        assertThat(studies.runs("a").getFirst().spec().runId()).isEqualTo("a-esm2-l1-d16-f64-h2-s1");
        assertThat(studies.runs("a").getLast().spec().runId()).matches("a-esm2-l2-d64-f256-h4-s1-[0-9a-f]{8}");
        List<BatchJob> all = byRun(log.jobs).get(run.runId());
        assertThat(all.getLast().toRecord()).isEqualTo(all.getLast().run().endRecord());
        assertThat(all.get(jobs.size()).fromRecord()).isEqualTo(jobs.getLast().toRecord());
    }

    @Test
    void aFurtherShapeIsANewRunAndTheOthersStay() {
        studies.submit(spec(RECIPE, SMALL));
        List<BatchJob> first = List.copyOf(log.jobs);
        studies.extend("a", List.of(SMALL, LARGE), List.of());
        assertThat(studies.runs("a")).hasSize(2);
        assertThat(log.jobs.subList(0, first.size())).isEqualTo(first);
        assertThat(log.jobs.subList(first.size(), log.jobs.size()))
                .isNotEmpty()
                .allMatch(job -> job.run().shape().equals(LARGE));
    }

    @Test
    void theSameExtensionAgainChangesNothingAndTheFirstSpecStaysKnown() {
        studies.submit(spec(RECIPE, SMALL));
        studies.extend("a", List.of(LARGE), List.of(1e6));
        List<BatchJob> jobs = List.copyOf(log.jobs);
        Study again = studies.extend("a", List.of(LARGE), List.of(1e6));
        assertThat(log.jobs).isEqualTo(jobs);
        assertThat(again).isEqualTo(studies.get("a"));
        assertThat(studies.submit(spec(RECIPE, SMALL)).created()).isFalse();
        assertThat(log.jobs).isEqualTo(jobs);
    }

    @Test
    void anExtensionWhosePublicationBrokeOffIsCompletedWithoutAJobTwice() {
        studies.submit(spec(RECIPE, SMALL, LARGE));
        log.limit = log.jobs.size() + 3;
        assertThatThrownBy(() -> studies.extend("a", List.of(), List.of(1e6))).hasMessageContaining("broker");
        assertThat(studies.get("a").published()).isFalse();
        log.limit = Integer.MAX_VALUE;
        studies.extend("a", List.of(), List.of(1e6));
        assertThat(places(log.jobs)).isEqualTo(places(store.jobs("a")));
    }

    @Test
    void aCompletedRunIsTrainingAgainAndCounts() {
        studies.submit(spec(RECIPE, SMALL));
        String run = studies.runs("a").getFirst().spec().runId();
        BatchJob last = log.jobs.getLast();
        ProgressBook book = new ProgressBook(store, new NoOddities());
        book.apply(end(run, last, 7), PLACE);
        assertThat(store.run(run).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
        assertThat(studies.backlog().activeRuns()).isZero();
        studies.extend("a", List.of(), List.of(1e6));
        assertThat(store.run(run).orElseThrow().state()).isEqualTo(RunState.TRAINING);
        assertThat(studies.backlog().activeRuns()).isEqualTo(1);
        assertThat(studies.backlog().remainingFlops()).isPositive();
        book.apply(List.of(new RunStateChanged("a", run, RunState.TRAINING, 7, "", AT)), PLACE);
        assertThat(store.run(run).orElseThrow().progress().state()).isEqualTo(RunState.TRAINING);
        book.apply(end(run, log.jobs.getLast(), 9), PLACE);
        assertThat(store.run(run).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
        assertThat(studies.backlog().activeRuns()).isZero();
    }

    @Test
    void aDivergedRunIsLeftAsItIs() {
        studies.submit(spec(RECIPE, SMALL, LARGE));
        StudyRun diverged = studies.runs("a").getFirst();
        String id = diverged.spec().runId();
        new ProgressBook(store, new NoOddities())
                .apply(List.of(new RunStateChanged("a", id, RunState.DIVERGED, 0, "loss NaN", AT)), PLACE);
        int jobs = log.jobs.size();
        studies.extend("a", List.of(), List.of(1e6));
        assertThat(store.run(id).orElseThrow().spec()).isEqualTo(diverged.spec());
        assertThat(log.jobs.subList(jobs, log.jobs.size()))
                .isNotEmpty()
                .noneMatch(job -> job.run().runId().equals(id));
    }

    @Test
    void aStoppedRunTakesTheFurtherSlicesWhenItIsResumed() {
        studies.submit(spec(RECIPE, SMALL));
        String run = studies.runs("a").getFirst().spec().runId();
        studies.command(run, RunCommand.Action.STOP, "enough", "test");
        studies.extend("a", List.of(), List.of(1e6));
        int published = log.jobs.size();
        studies.command(run, RunCommand.Action.RESUME, "more", "test");
        assertThat(log.jobs.subList(published, log.jobs.size())).isEqualTo(store.jobs("a"));
    }

    @Test
    void whatCannotGoOnIsRefusedWithTheField() {
        studies.submit(spec(RECIPE.withSchedule(new Schedule.WarmupCosine(1e-3, 1e4, 5e5, 0.1)), SMALL));
        assertThatThrownBy(() -> studies.extend("a", List.of(), List.of(5e5, 1e6)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("tokenBudgets[1]"))
                .hasMessageContaining("recipe.schedule")
                .hasMessageContaining("new study");
        assertThat(studies.extend("a", List.of(LARGE), List.of()).published()).isTrue();
    }

    @Test
    void aBudgetThatIsNotBeyondTheLargestIsRefused() {
        studies.submit(spec(RECIPE, SMALL));
        assertThatThrownBy(() -> studies.extend("a", List.of(), List.of(3e5)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("tokenBudgets[0]"))
                .hasMessageContaining("500000.0");
        assertThatThrownBy(() -> studies.extend("none", List.of(), List.of(1e6)))
                .isInstanceOf(UnknownException.class);
    }

    private static List<TrainingEvent> end(String run, BatchJob last, long step) {
        double flops = last.run().expectedFlops();
        return List.of(
                new RunStateChanged("a", run, RunState.COMPLETED, step, "", AT),
                TrainingEventSliceCompletedBuilder.builder()
                        .studyId("a")
                        .runId(run)
                        .slice(last.slice())
                        .step(step)
                        .toRecord(last.toRecord())
                        .tokens(step)
                        .computeFlops(flops)
                        .checkpoint("c")
                        .trainer("t")
                        .at(AT)
                        .build());
    }

    private static Map<String, List<BatchJob>> byRun(List<BatchJob> jobs) {
        return jobs.stream().collect(Collectors.groupingBy(job -> job.run().runId()));
    }

    private static Map<String, List<Long>> places(List<BatchJob> jobs) {
        return jobs.stream()
                .collect(Collectors.groupingBy(
                        job -> job.run().runId(), Collectors.mapping(BatchJob::fromRecord, Collectors.toList())));
    }

    private static StudySpec spec(Recipe recipe, ModelShape... shapes) {
        return StudySpecBuilder.builder()
                .id("a")
                .corpus("ready")
                .shapes(List.of(shapes))
                .tokenBudgets(List.of(2.5e5, 5e5))
                .recipe(recipe)
                .seeds(List.of(1L))
                .build();
    }
}
