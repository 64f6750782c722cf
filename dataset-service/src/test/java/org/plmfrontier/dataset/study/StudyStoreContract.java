package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.plan.CellBudgets;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.PlannedRun;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;

/**
 * What every {@link StudyStore} does: the test of a store inherits this. Ids are new in each test and totals are compared with
 * what they were before, so a store that others use at the same time will do.
 */
public abstract class StudyStoreContract extends StudyRemovalContract {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Slicing SLICING = new Slicing(OptionalDouble.empty(), 8, 100);
    private static final ModelShape SMALL = ModelShape.esm2(1, 16, 2);
    private static final ModelShape LARGE = ModelShape.esm2(2, 64, 4);
    private static final List<SequenceLoad> LOADS = Profiles.loads(300, 6);

    private String corpus;
    private StudyPlan plan;
    private String id;
    private String runId;

    @BeforeEach
    void planAStudy() {
        corpus = unique();
        addCorpus(corpus, LOADS);
        plan = plan(List.of(SMALL, LARGE), 2.5e5, 5e5);
        id = plan.spec().id();
        runId = plan.runs().getFirst().runId();
    }

    @Test
    void aStudyIsAddedOnceWithAllItsRunsAndJobs() {
        assertThat(add(plan)).isTrue();
        assertThat(add(plan)).isFalse();
        Study study = store().find(id).orElseThrow();
        assertThat(study.spec()).isEqualTo(plan.spec());
        assertThat(study.published()).isFalse();
        assertThat(study.createdAt()).isEqualTo(AT);
        assertThat(study.expectedFlops()).isEqualTo(plan.expectedFlops());
        assertThat(store().jobs(id)).isEqualTo(plan.jobs());
        assertThat(store().runs(id)).extracting(StudyRun::spec).isEqualTo(plan.runs());
        for (StudyRun run : store().runs(id)) {
            assertThat(run.progress()).isEqualTo(RunProgress.planned(run.spec().runId(), AT));
            assertThat(run.partition())
                    .isEqualTo(plan.partitions().get(run.spec().runId()));
            assertThat(run.slices()).isEqualTo(jobsOf(plan, run.spec()).size());
            assertThat(store().run(run.spec().runId())).contains(run);
        }
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store().find(id)).isEmpty();
        assertThat(store().runs(id)).isEmpty();
        assertThat(store().jobs(id)).isEmpty();
        assertThat(store().run(runId)).isEmpty();
        assertThat(store().loggedRuns(id)).isEmpty();
    }

    @Test
    void studiesComeOldestFirst() {
        add(plan);
        StudyPlan later = plan(List.of(SMALL), 2.5e5);
        store().add(later, Map.of(), AT.plusSeconds(1));
        assertThat(store().all())
                .extracting(Study::id)
                .containsSubsequence(id, later.spec().id());
    }

    @Test
    void theProfileIsThatOfTheCorpusLoads() {
        assertThat(store().profile(corpus).records()).isEqualTo(LOADS.size());
        assertThat(store().profile(corpus).between(3, 700))
                .isEqualTo(Profiles.profile(LOADS).between(3, 700));
    }

    @Test
    void aPublicationIsNotedWithItsPlace() {
        add(plan);
        LogPosition place = new LogPosition("topic", Map.of(0, 7L, 3, 1L));
        store().published(id, place);
        assertThat(store().find(id).orElseThrow().published()).isTrue();
        assertThat(store().find(id).orElseThrow().jobsTo()).isEqualTo(place);
        store().published(id, null);
        assertThat(store().find(id).orElseThrow().published()).isTrue();
        assertThat(store().find(id).orElseThrow().jobsTo()).isNull();
    }

    @Test
    void progressComesWithThePlaceInTheLog() {
        add(plan);
        String log = unique();
        Set<String> unknown = store().take(
                        List.of(),
                        Map.of(runId, toSlice(0), "nobody", toSlice(0)),
                        new LogPosition(log, Map.of(0, 5L)));
        assertThat(unknown).containsExactly("nobody");
        RunProgress progress = store().run(runId).orElseThrow().progress();
        assertThat(progress.lastSlice()).isZero();
        assertThat(progress.state()).isEqualTo(RunState.TRAINING);
        assertThat(store().readTo(log)).isEqualTo(new LogPosition(log, Map.of(0, 5L)));
    }

    @Test
    void aPlaceInTheLogNeverGoesBack() {
        String log = unique();
        assertThat(store().readTo(log)).isEqualTo(new LogPosition(log, Map.of()));
        store().take(List.of(), Map.of(), new LogPosition(log, Map.of(0, 5L, 1, 2L)));
        store().take(List.of(), Map.of(), new LogPosition(log, Map.of(0, 3L, 2, 9L)));
        assertThat(store().readTo(log)).isEqualTo(new LogPosition(log, Map.of(0, 5L, 1, 2L, 2, 9L)));
        assertThat(store().readTo(log + "-made-anew").next()).isEmpty();
    }

    @Test
    void aBatchThatFailsLeavesNothing() {
        add(plan);
        String log = unique();
        RunSpec second = plan.runs().getLast();
        Map<String, UnaryOperator<RunProgress>> changes = new HashMap<>();
        changes.put(runId, toSlice(0));
        changes.put(second.runId(), before -> {
            throw new IllegalStateException("cannot be");
        });
        RunSpec stranger = plan(List.of(SMALL), 2.5e5).runs().getFirst();
        assertThatThrownBy(() -> store().take(
                                List.of(new RunPlanned(stranger, AT)), changes, new LogPosition(log, Map.of(0, 5L))))
                .hasMessageContaining("cannot be");
        assertThat(store().run(runId).orElseThrow().progress()).isEqualTo(RunProgress.planned(runId, AT));
        assertThat(store().readTo(log).next()).isEmpty();
        assertThat(store().loggedRuns(stranger.studyId())).isEmpty();
    }

    @Test
    void anExtensionAddsJobsBehindThoseThatAreThere() {
        add(plan);
        store().published(id, new LogPosition("topic", Map.of(0, 7L)));
        store().take(List.of(), Map.of(runId, completed()), new LogPosition(unique(), Map.of(0, 1L)));
        assertThat(store().run(runId).orElseThrow().isActive()).isFalse();
        StudyPlan larger = StudyPlan.extension(
                plan.spec().extended(List.of(ModelShape.esm2(1, 32, 2)), List.of(1e6)),
                ref(),
                Profiles.profile(LOADS),
                SLICING,
                new StudyPlan.Occupied(new double[4], Set.of()),
                known());
        store().extend(larger, AT.plusSeconds(9));
        Study study = store().find(id).orElseThrow();
        assertThat(study.spec()).isEqualTo(larger.spec());
        assertThat(study.published()).isFalse();
        assertThat(study.expectedFlops()).isEqualTo(larger.expectedFlops());
        assertThat(store().runs(id)).extracting(StudyRun::spec).isEqualTo(larger.runs());
        StudyRun extended = store().run(runId).orElseThrow();
        assertThat(extended.isActive()).isTrue();
        assertThat(extended.progress().state()).isEqualTo(RunState.COMPLETED);
        assertThat(extended.slices())
                .isEqualTo(jobsOf(plan, extended.spec()).size()
                        + jobsOf(larger, extended.spec()).size());
        List<BatchJob> jobs = store().jobs(id);
        assertThat(jobs).hasSize(plan.jobs().size() + larger.jobs().size());
        assertThat(jobs.subList(plan.jobs().size(), jobs.size())).isEqualTo(larger.jobs());
        assertThat(jobs.getFirst().run())
                .as("jobs of before carry the longer run")
                .isIn(larger.runs());
    }

    @Test
    void activeRunsAreThoseThatTrainersHaveWorkOf() {
        add(plan);
        assertThat(active()).containsExactlyInAnyOrderElementsOf(ids(plan));
        store().take(List.of(), Map.of(runId, toSlice(0)), new LogPosition(unique(), Map.of()));
        assertThat(active()).containsExactlyInAnyOrderElementsOf(ids(plan));
        store().take(List.of(), Map.of(runId, completed()), new LogPosition(unique(), Map.of()));
        assertThat(active()).containsExactly(plan.runs().getLast().runId());
    }

    @Test
    void slicesAreAddedBehindThoseThatAreThere() {
        StudyPlan begun = new StudyPlan(
                plan.spec(),
                plan.runs(),
                plan.partitions(),
                plan.jobs().stream().filter(job -> job.slice() == 0).toList());
        List<BatchJob> later =
                plan.jobs().stream().filter(job -> job.slice() > 0).toList();
        add(begun);
        store().published(id, new LogPosition("topic", Map.of(0, 7L)));
        for (StudyRun run : toCut()) {
            assertThat(run.slices()).isEqualTo(1);
            assertThat(run.plannedTo())
                    .isEqualTo(jobsOf(begun, run.spec()).getFirst().toRecord());
        }
        assertThat(toCut()).hasSize(2);
        store().cut(id, later);
        assertThat(store().find(id).orElseThrow().published()).isFalse();
        assertThat(toCut()).isEmpty();
        for (StudyRun run : store().runs(id)) {
            assertThat(run.slices()).isEqualTo(jobsOf(plan, run.spec()).size());
            assertThat(run.plannedTo()).isEqualTo(run.spec().endRecord());
        }
        assertThat(store().jobs(id).subList(0, 2)).isEqualTo(begun.jobs());
        assertThat(store().jobs(id).subList(2, plan.jobs().size())).isEqualTo(later);
    }

    @Test
    void speedsAreKeptOfRunsThatAreHere() {
        add(plan);
        store().measured(Map.of(runId, 1.5e12, "nobody", 3e12));
        assertThat(store().measured(1_000)).containsEntry(runId, 1.5e12).doesNotContainKey("nobody");
        store().measured(Map.of(runId, 2.5e12));
        assertThat(store().measured(1_000)).containsEntry(runId, 2.5e12);
        store().measured(Map.of(plan.runs().getLast().runId(), 1e12));
        store().take(
                        List.of(),
                        Map.of(
                                plan.runs().getLast().runId(),
                                before -> new RunProgress(
                                        before.runId(),
                                        RunState.TRAINING,
                                        new RunProgress.Done(0, 1, 10, 1e3),
                                        Instant.parse("2100-01-01T00:00:00Z"))),
                        new LogPosition(unique(), Map.of()));
        assertThat(store().measured(1)).containsOnlyKeys(plan.runs().getLast().runId());
    }

    @Test
    void runsAreCountedByState() {
        Map<RunState, Long> before = store().runsByState();
        add(plan);
        store().take(List.of(), Map.of(runId, toSlice(0)), new LogPosition(unique(), Map.of()));
        assertThat(more(before, RunState.PLANNED)).isEqualTo(1);
        assertThat(more(before, RunState.TRAINING)).isEqualTo(1);
        assertThat(more(before, RunState.COMPLETED)).isZero();
    }

    @Test
    void runsThatOnlyTheLogKnowsAreKeptUntilTheirStudyIsThere() {
        List<RunPlanned> announced =
                plan.runs().stream().map(run -> new RunPlanned(run, AT)).toList();
        Set<String> unknown =
                store().take(announced, Map.of(runId, toSlice(1)), new LogPosition(unique(), Map.of(0, 1L)));
        assertThat(unknown).isEmpty();
        assertThat(store().run(runId)).isEmpty();
        assertThat(store().loggedRuns(id)).extracting(LoggedRun::spec).containsExactlyInAnyOrderElementsOf(plan.runs());
        assertThat(store().loggedRuns(id))
                .filteredOn(run -> run.spec().runId().equals(runId))
                .singleElement()
                .satisfies(run -> assertThat(run.progress().lastSlice()).isEqualTo(1));
        RunProgress known = store().loggedRuns(id).stream()
                .map(LoggedRun::progress)
                .filter(progress -> progress.runId().equals(runId))
                .findFirst()
                .orElseThrow();
        assertThat(store().add(plan, Map.of(runId, known), AT)).isTrue();
        assertThat(store().loggedRuns(id)).isEmpty();
        assertThat(store().run(runId).orElseThrow().progress()).isEqualTo(known);
    }

    @Test
    void aRunThatIsAnnouncedAgainIsNotKeptTwice() {
        add(plan);
        store().take(
                        List.of(new RunPlanned(plan.runs().getFirst(), AT)),
                        Map.of(),
                        new LogPosition(unique(), Map.of(0, 1L)));
        assertThat(store().loggedRuns(id)).isEmpty();
    }

    /** What a restart reads. */
    @Test
    void aStudyWhoseShapesHaveBudgetsOfTheirOwnComesBackAsItWas() {
        for (CellBudgets cells : List.of(
                new CellBudgets(null, List.of(50.0, 100.0), 4.5, null),
                new CellBudgets(List.of(4e10, 8e10), null, null, null, List.of(List.of(0))),
                new CellBudgets(List.of(4e10, 8e10), null, null, "20 minutes here"))) {
            StudySpec spec = new StudySpec(
                    unique(),
                    corpus,
                    List.of(ModelShape.esm2(1, 16, 2)),
                    List.of(),
                    FrozenRecipes.byName().get("frontier-default"),
                    List.of(1L),
                    null,
                    null,
                    null,
                    cells);
            add(StudyPlan.of(spec, ref(), Profiles.profile(LOADS), SLICING, new double[4]));
            assertThat(store().find(spec.id()).orElseThrow().spec()).isEqualTo(spec);
        }
    }

    private boolean add(StudyPlan added) {
        return store().add(added, Map.of(), AT);
    }

    private StudyPlan plan(List<ModelShape> shapes, Double... budgets) {
        StudySpec spec = StudySpecBuilder.builder()
                .id(unique())
                .corpus(corpus)
                .shapes(shapes)
                .tokenBudgets(List.of(budgets))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
        return StudyPlan.of(spec, ref(), Profiles.profile(LOADS), SLICING, new double[4]);
    }

    private CorpusRef ref() {
        CorpusRef any = Profiles.corpus(LOADS);
        return new CorpusRef(corpus, any.records(), any.tokens(), any.heldOutRecords(), any.references());
    }

    private Map<String, PlannedRun> known() {
        Map<String, PlannedRun> known = new HashMap<>();
        for (StudyRun run : store().runs(id)) {
            known.put(run.spec().runId(), new PlannedRun(run.spec(), run.partition(), run.slices(), false));
        }
        return known;
    }

    private static List<BatchJob> jobsOf(StudyPlan plan, RunSpec run) {
        return plan.jobs().stream()
                .filter(job -> job.run().runId().equals(run.runId()))
                .toList();
    }

    private static UnaryOperator<RunProgress> toSlice(int slice) {
        return before ->
                new RunProgress(before.runId(), RunState.TRAINING, new RunProgress.Done(slice, slice + 1, 10, 1e3), AT);
    }

    private UnaryOperator<RunProgress> completed() {
        RunSpec run = plan.runs().getFirst();
        int slices = jobsOf(plan, run).size();
        long steps = run.endRecord() / run.recipe().recordsPerStep();
        return before -> new RunProgress(
                before.runId(), RunState.COMPLETED, new RunProgress.Done(slices - 1, steps, 10, 1e3), AT);
    }

    private List<String> active() {
        return store().activeRuns().stream()
                .map(StudyRun::spec)
                .filter(run -> run.studyId().equals(id))
                .map(RunSpec::runId)
                .toList();
    }

    private List<StudyRun> toCut() {
        return store().runsToCut().stream()
                .filter(run -> run.spec().studyId().equals(id))
                .toList();
    }

    private static List<String> ids(StudyPlan plan) {
        return plan.runs().stream().map(RunSpec::runId).toList();
    }

    private long more(Map<RunState, Long> before, RunState state) {
        return store().runsByState().getOrDefault(state, 0L) - before.getOrDefault(state, 0L);
    }

    private static String unique() {
        return "kit-" + UUID.randomUUID().toString().substring(0, 13);
    }
}
