package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunCommand.Action;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;
import org.plmfrontier.dataset.refusal.UnknownException;

/** A study is deleted for good, whatever breaks off half way. */
class StudyDeletionTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition PLACE = new LogPosition("events", Map.of());

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
    private final StudyDeletion deletion = new StudyDeletion(studies, store, log, InstantSource.fixed(AT));
    private final ProgressBook book = new ProgressBook(store, new NoOddities());

    @Test
    void itSaysWhatItRemovesAndTellsTrainersBeforeAllOthers() {
        studies.submit(spec());
        List<String> runs = runs();
        long slices = store.jobs("a").size();
        book.apply(List.of(new RunStateChanged("a", runs.getFirst(), RunState.STOPPED, 0, "", AT)), PLACE);
        DeletedStudy deleted = deletion.delete("a", "a typo", "somebody");
        assertThat(deleted).isEqualTo(new DeletedStudy("a", runs, runs.subList(1, 2), slices));
        assertThat(log.commands)
                .extracting(RunCommand::action, RunCommand::runId)
                .containsExactly(
                        tuple(Action.STOP, runs.get(1)),
                        tuple(Action.DELETE, runs.get(0)),
                        tuple(Action.DELETE, runs.get(1)));
        assertThat(log.deleted)
                .containsExactlyElementsOf(runs.stream()
                        .map(run -> new RunDeleted("a", run, "a typo", "somebody", AT))
                        .toList());
        assertThat(studies.all()).isEmpty();
        assertThat(studies.backlog().remainingFlops()).isZero();
        assertThatThrownBy(() -> deletion.delete("a", "", "")).isInstanceOf(UnknownException.class);
        assertThatThrownBy(() -> deletion.delete("nothing", "", "")).hasMessageContaining("nothing");
    }

    @Test
    void aDeletionWhoseEventsBrokeOffIsNotShownAndIsCompletedAtTheNextLook() {
        studies.submit(spec());
        List<String> runs = runs();
        log.deletionLimit = 1;
        assertThatThrownBy(() -> deletion.delete("a", "", "")).hasMessageContaining("broker");
        assertThat(studies.all()).isEmpty();
        assertThat(store.deletions()).hasSize(1);
        studies.completePublication();
        assertThat(studies.cutAhead()).isZero();
        assertThat(log.announced).as("nothing of it is announced again").hasSize(2);
        log.deletionLimit = Integer.MAX_VALUE;
        assertThat(deletion.complete()).isEqualTo(1);
        assertThat(log.deleted).extracting(RunDeleted::runId).containsAll(runs);
        assertThat(store.runs("a")).isEmpty();
        assertThat(deletion.complete()).isZero();
    }

    @Test
    void aDeletionWhoseRowsAreStillThereIsCompletedByTheNextCall() {
        studies.submit(spec());
        List<String> runs = runs();
        store.begin(new Deletion("a", "first", "me", AT));
        log.delete(runs.stream()
                .map(run -> new RunDeleted("a", run, "first", "me", AT))
                .toList());
        assertThat(deletion.delete("a", "second", "you").runs()).isEqualTo(runs);
        assertThat(log.deleted).hasSize(4).allMatch(gone -> gone.reason().equals("first"));
        assertThat(store.runs("a")).isEmpty();
        assertThatThrownBy(() -> deletion.delete("a", "", "")).isInstanceOf(UnknownException.class);
    }

    @Test
    void aDeletionWhoseRowsAreStillThereIsAlsoCompletedByItsOwnEvents() {
        studies.submit(spec());
        store.begin(new Deletion("a", "", "", AT));
        book.apply(
                new ArrayList<>(runs().stream()
                        .map(run -> (TrainingEvent) new RunDeleted("a", run, "", "", AT))
                        .toList()),
                PLACE);
        assertThat(store.runs("a")).isEmpty();
        assertThat(store.deletions()).isEmpty();
    }

    @Test
    void submittedAgainItIsANewStudyUnderRunIdsOfItsOwn() {
        studies.submit(spec());
        List<String> before = runs();
        deletion.delete("a", "", "");
        assertThat(studies.preview(spec()).runs())
                .extracting(run -> run.runId())
                .containsExactlyElementsOf(
                        before.stream().map(run -> run + ".2").toList());
        assertThat(studies.submit(spec()).created()).isTrue();
        assertThat(runs())
                .containsExactlyElementsOf(
                        before.stream().map(run -> run + ".2").toList());
        assertThat(log.jobs).hasSize(2 * store.jobs("a").size());
        assertThat(store.runs("a")).allMatch(run -> run.state() == RunState.PLANNED);
        book.apply(List.of(new RunStateChanged("a", before.getFirst(), RunState.TRAINING, 0, "late", AT)), PLACE);
        assertThat(store.runs("a")).allMatch(run -> run.state() == RunState.PLANNED);
        studies.extend("a", List.of(ModelShape.esm2(1, 32, 2)), List.of(1e6));
        assertThat(runs()).contains(before.get(0) + ".2", before.get(1) + ".2").hasSize(3);
        deletion.delete("a", "", "");
        studies.submit(spec());
        assertThat(runs())
                .containsExactlyElementsOf(
                        before.stream().map(run -> run + ".3").toList());
    }

    @Test
    void aLogThatIsReadFromItsBeginningBringsNothingBackAndGivesTheSameIds() {
        studies.submit(spec());
        List<String> before = runs();
        deletion.delete("a", "", "");
        List<TrainingEvent> events = new ArrayList<>(log.announced);
        events.addAll(log.deleted);
        events.add(new RunStateChanged("a", before.getFirst(), RunState.TRAINING, 0, "late", AT));
        store.lose();
        for (TrainingEvent event : events) {
            book.apply(List.of(event), PLACE);
        }
        assertThat(store.loggedRuns("a")).isEmpty();
        studies.submit(spec());
        assertThat(runs())
                .containsExactlyElementsOf(
                        before.stream().map(run -> run + ".2").toList());
    }

    @Test
    void runsThatOnlyTheLogKnowsAreDeletedToo() {
        studies.submit(spec());
        List<String> runs = runs();
        List<TrainingEvent> events = new ArrayList<>(log.announced);
        store.lose();
        book.apply(events, PLACE);
        assertThat(deletion.delete("a", "", "").runs()).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(store.loggedRuns("a")).isEmpty();
        assertThat(log.deleted).hasSize(2);
    }

    private List<String> runs() {
        return store.runs("a").stream().map(run -> run.spec().runId()).toList();
    }

    private static StudySpec spec() {
        return StudySpecBuilder.builder()
                .id("a")
                .corpus("ready")
                .shapes(List.of(ModelShape.esm2(1, 16, 2), ModelShape.esm2(2, 64, 4)))
                .tokenBudgets(List.of(2.5e5, 5e5))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
    }
}
