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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;
import org.plmfrontier.dataset.refusal.ConflictException;

/** A database set back, a jobs topic made anew: what is left of a study goes on, and only as what it was. */
class LostStudyTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition PLACE = new LogPosition("events", Map.of());
    private static final Recipe RECIPE = FrozenRecipes.byName().get("frontier-default");
    private static final List<ModelShape> SHAPES = List.of(ModelShape.esm2(1, 16, 2), ModelShape.esm2(2, 64, 4));

    private final ReadyCorpus corpus = new ReadyCorpus(Profiles.loads(300, 6));
    private final MemoryStudyStore store = new MemoryStudyStore(corpus.profile());
    private final MemoryJobLog log = new MemoryJobLog();
    private final Studies studies = studies(8);
    private final ProgressBook book = new ProgressBook(store, new NoOddities());
    private final List<TrainingEvent> events = new ArrayList<>();

    private Studies studies(int slicesOfLargest) {
        Slicing slicing = new Slicing(OptionalDouble.empty(), slicesOfLargest, 100);
        return new Studies(store, log, corpus::corpus, slicing, Duration.ofMinutes(8), InstantSource.fixed(AT));
    }

    /** Two runs, the first of which has done two slices. */
    @BeforeEach
    void aStudyInTraining() {
        studies.submit(spec(RECIPE, 5e5));
        events.addAll(log.announced);
        List<BatchJob> first = jobsOf(run());
        for (BatchJob job : first.subList(0, 2)) {
            long step = job.toRecord() / RECIPE.recordsPerStep();
            events.add(new RunStateChanged("a", run(), RunState.TRAINING, step, "", AT));
            events.add(TrainingEventSliceCompletedBuilder.builder()
                    .studyId("a")
                    .runId(run())
                    .slice(job.slice())
                    .step(step)
                    .toRecord(job.toRecord())
                    .tokens(step)
                    .computeFlops(job.expectedFlops())
                    .checkpoint("c")
                    .trainer("t")
                    .at(AT)
                    .build());
        }
        book.apply(events, PLACE);
    }

    @Test
    void aLostStudySubmittedAgainGoesOnFromTheLogWithTheJobsThatWait() {
        List<StudyRun> before = studies.runs("a");
        List<BatchJob> published = List.copyOf(log.jobs);
        store.lose();
        book.apply(events, PLACE);
        assertThat(studies(3).submit(spec(RECIPE, 5e5)).created()).isTrue();
        assertThat(studies.runs("a")).isEqualTo(before);
        assertThat(log.jobs).as("nothing is published twice").isEqualTo(published);
        assertThat(store.jobs("a"))
                .filteredOn(job -> job.run().runId().equals(run()))
                .as("the slices as they were cut then, not as they would be now")
                .isEqualTo(jobsOf(run()).subList(2, jobsOf(run()).size()));
        assertThat(store.loggedRuns("a")).isEmpty();
    }

    @Test
    void whatTheTopicLostIsCutAnewFromWhereTheRunStands() {
        store.lose();
        book.apply(events, PLACE);
        long position = jobsOf(run()).get(1).toRecord();
        log.lose();
        studies(3).submit(spec(RECIPE, 5e5));
        List<BatchJob> jobs = jobsOf(run());
        assertThat(jobs.getFirst().slice()).isEqualTo(2);
        assertThat(jobs.getFirst().fromRecord()).isEqualTo(position);
        assertThat(jobs.getLast().toRecord()).isEqualTo(jobs.getLast().run().endRecord());
        assertThat(studies.runs("a").get(1).slices()).isEqualTo(jobs.getLast().slice() + 1);
    }

    @Test
    void anotherSpecificationUnderTheIdOfALostStudyIsRefusedAndBothAreNamed() {
        store.lose();
        book.apply(events, PLACE);
        Recipe faster = RECIPE.withSchedule(new Schedule.Constant(7e-3, 0));
        assertThatThrownBy(() -> studies.submit(spec(faster, 5e5)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(run())
                .hasMessageContaining("schedule constant 0.007 0.0 instead of constant 0.003 100000.0");
        assertThatThrownBy(() -> studies.submit(spec(RECIPE, 4e5)))
                .hasMessageContaining("[250000.0, 500000.0] tokens there, [200000.0, 400000.0] here");
        StudySpec smaller = StudySpecBuilder.builder()
                .id("a")
                .corpus("ready")
                .shapes(SHAPES.subList(1, 2))
                .tokenBudgets(List.of(2.5e5, 5e5))
                .recipe(RECIPE)
                .seeds(List.of(1L))
                .build();
        assertThatThrownBy(() -> studies.submit(smaller)).hasMessageContaining("is not in this one");
        assertThat(studies.all()).isEmpty();
        assertThat(store.loggedRuns("a")).hasSize(2);
    }

    @Test
    void aRunsIdNamesItsSpecification() {
        Recipe faster = RECIPE.withSchedule(new Schedule.Constant(7e-3, 0));
        String hash = studies.runs("a").get(1).spec().specification();
        assertThat(run()).endsWith("-" + hash.substring(0, 8));
        StudySpec spec = spec(faster, 5e5);
        assertThat(studies.preview(spec).runs())
                .noneMatch(other -> studies.runs("a").stream()
                        .anyMatch(known -> known.spec().runId().equals(other.runId())));
    }

    @Test
    void lostJobsAreToldAndLeaveNoWorkForAutoscalersUntilTheyAreRepaired() {
        Study study = studies.get("a");
        assertThat(studies.jobsAreLost(study)).isFalse();
        log.answers = false;
        assertThat(studies.jobsAreLost(study)).as("the broker does not say").isFalse();
        log.answers = true;
        log.lose();
        assertThat(studies.jobsAreLost(study)).isTrue();
        assertThat(studies.backlog()).isEqualTo(new Backlog(0, 0, 0, 0, 0, 0, null));
        studies.command(studies.runs("a").getFirst().spec().runId(), RunCommand.Action.STOP, "", "");
        book.apply(
                List.of(new RunStateChanged(
                        "a", studies.runs("a").getFirst().spec().runId(), RunState.STOPPED, 0, "", AT)),
                PLACE);
        assertThat(studies.repair("a")).isEqualTo(log.jobs.size());
        assertThat(log.ensured).isPositive();
        assertThat(log.jobs)
                .extracting(job -> job.run().runId())
                .as("a stopped run gets its jobs when it is resumed")
                .containsOnly(run());
        assertThat(log.jobs.getFirst().slice()).isEqualTo(2);
        assertThat(studies.jobsAreLost(studies.get("a"))).isFalse();
        assertThat(studies.backlog().remainingFlops()).isPositive();
        assertThat(studies.repair("a")).as("nothing is lost any more").isZero();
    }

    private String run() {
        return studies.all().isEmpty()
                ? events.get(1).runId()
                : studies.runs("a").get(1).spec().runId();
    }

    private List<BatchJob> jobsOf(String run) {
        return log.jobs.stream().filter(job -> job.run().runId().equals(run)).toList();
    }

    private static StudySpec spec(Recipe recipe, double budget) {
        return StudySpecBuilder.builder()
                .id("a")
                .corpus("ready")
                .shapes(SHAPES)
                .tokenBudgets(List.of(budget / 2, budget))
                .recipe(recipe)
                .seeds(List.of(1L))
                .build();
    }
}
