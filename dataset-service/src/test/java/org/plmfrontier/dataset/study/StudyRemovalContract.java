package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;

/** What every {@link StudyStore} does with a study that is deleted; a part of {@link StudyStoreContract}. */
public abstract class StudyRemovalContract {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<SequenceLoad> LOADS = Profiles.loads(300, 6);

    private StudyPlan doomed;
    private StudyPlan other;
    private String id;
    private String runId;
    private Deletion deletion;

    protected abstract StudyStore store();

    /** Makes a corpus known, with the loads of its training batches. */
    protected abstract void addCorpus(String corpusId, List<SequenceLoad> loads);

    @BeforeEach
    void planTwoStudies() {
        String corpus = unique();
        addCorpus(corpus, LOADS);
        doomed = plan(corpus);
        other = plan(corpus);
        id = doomed.spec().id();
        runId = doomed.runs().getFirst().runId();
        deletion = new Deletion(id, "a typo", "somebody", AT.plusSeconds(60));
    }

    @Test
    void aStudyWhoseDeletionIsBegunIsNotFoundAnyMoreAndWaitsToBeRemoved() {
        Map<RunState, Long> before = store().runsByState();
        store().add(doomed, Map.of(), AT);
        store().begin(deletion);
        store().begin(new Deletion(id, "another reason", "somebody else", AT.plusSeconds(90)));
        assertThat(ofThis(store().deletions())).containsExactly(deletion);
        assertThat(store().find(id)).isEmpty();
        assertThat(store().all()).extracting(Study::id).doesNotContain(id);
        assertThat(store().run(runId)).isEmpty();
        assertThat(store().activeRuns()).noneMatch(run -> run.spec().studyId().equals(id));
        assertThat(store().runsToCut()).noneMatch(run -> run.spec().studyId().equals(id));
        assertThat(store().runsByState().getOrDefault(RunState.PLANNED, 0L))
                .isEqualTo(before.getOrDefault(RunState.PLANNED, 0L));
        assertThat(store().runs(id)).extracting(StudyRun::spec).isEqualTo(doomed.runs());
        assertThat(store().jobs(id)).isEqualTo(doomed.jobs());
    }

    @Test
    void aRemovedStudyLeavesItsRunsIdsAndNothingElseAndOthersAreAsTheyWere() {
        store().add(doomed, Map.of(), AT);
        store().add(other, Map.of(), AT);
        store().measured(Map.of(runId, 1.5e12));
        store().begin(deletion);
        store().remove(id);
        store().remove(id);
        assertNothingIsLeft();
        assertThat(store().jobs(other.spec().id())).isEqualTo(other.jobs());
        assertThat(store().runs(other.spec().id())).hasSize(2);
        assertThat(store().deletedRuns(other.spec().id())).isEmpty();
    }

    @Test
    void whatIsSaidOfADeletedRunChangesNothingAndIsNotThatOfAStranger() {
        store().add(doomed, Map.of(), AT);
        store().begin(deletion);
        store().remove(id);
        Set<String> unknown = store().take(announced(), Map.of(runId, training()), place());
        assertThat(unknown).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void runsThatTheLogSaysAreDeletedGoOneByOneAndTheLastTakesItsStudyWithIt() {
        store().add(doomed, Map.of(), AT);
        store().begin(deletion);
        store().take(List.of(deleted(runId)), List.of(), Map.of(), place());
        assertThat(store().runs(id))
                .extracting(run -> run.spec().runId())
                .doesNotContain(runId)
                .hasSize(1);
        assertThat(ofThis(store().deletions())).as("not complete yet").hasSize(1);
        store().take(List.of(deleted(doomed.runs().getLast().runId())), List.of(), Map.of(), place());
        assertNothingIsLeft();
    }

    @Test
    void aLogThatIsReadFromItsBeginningLeavesNothingOfADeletedStudy() {
        store().take(announced(), Map.of(runId, training()), place());
        assertThat(store().loggedRuns(id)).hasSize(2);
        store().take(
                        doomed.runs().stream().map(run -> deleted(run.runId())).toList(),
                        announced(),
                        Map.of(runId, training()),
                        place());
        assertNothingIsLeft();
    }

    @Test
    void aDeletionThatIsOlderThanTheStudyIsNotOfIt() {
        store().add(doomed, Map.of(), AT.plusSeconds(120));
        store().take(List.of(deleted(runId)), List.of(), Map.of(runId, training()), place());
        assertThat(store().run(runId).orElseThrow().progress().state()).isEqualTo(RunState.TRAINING);
    }

    private void assertNothingIsLeft() {
        assertThat(store().find(id)).isEmpty();
        assertThat(store().runs(id)).isEmpty();
        assertThat(store().jobs(id)).isEmpty();
        assertThat(store().loggedRuns(id)).isEmpty();
        assertThat(store().run(runId)).isEmpty();
        assertThat(store().measured(1_000)).doesNotContainKey(runId);
        assertThat(ofThis(store().deletions())).isEmpty();
        assertThat(store().deletedRuns(id))
                .containsExactlyInAnyOrderElementsOf(
                        doomed.runs().stream().map(RunSpec::runId).toList());
    }

    private List<Deletion> ofThis(List<Deletion> deletions) {
        return deletions.stream().filter(one -> one.studyId().equals(id)).toList();
    }

    private List<RunPlanned> announced() {
        return doomed.runs().stream().map(run -> new RunPlanned(run, AT)).toList();
    }

    private RunDeleted deleted(String run) {
        return new RunDeleted(id, run, deletion.reason(), deletion.by(), deletion.at());
    }

    private static UnaryOperator<RunProgress> training() {
        return before -> new RunProgress(before.runId(), RunState.TRAINING, new RunProgress.Done(0, 1, 10, 1e3), AT);
    }

    private static LogPosition place() {
        return new LogPosition(unique(), Map.of(0, 1L));
    }

    private static StudyPlan plan(String corpus) {
        StudySpec spec = StudySpecBuilder.builder()
                .id(unique())
                .corpus(corpus)
                .shapes(List.of(ModelShape.esm2(1, 16, 2), ModelShape.esm2(2, 64, 4)))
                .tokenBudgets(List.of(2.5e5, 5e5))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
        CorpusRef any = Profiles.corpus(LOADS);
        return StudyPlan.of(
                spec,
                new CorpusRef(corpus, any.records(), any.tokens(), any.heldOutRecords(), any.references()),
                Profiles.profile(LOADS),
                new Slicing(OptionalDouble.empty(), 8, 100),
                new double[4]);
    }

    private static String unique() {
        return "kit-" + UUID.randomUUID().toString().substring(0, 13);
    }
}
