package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;

class StudyArchiveTest {
    private static final PlantedStudy PLANTED = PlantedStudy.ofSix("planted", 120, 11);
    /** Curves are thinned, and their last step is one that only stays because it is the last. */
    private static final StepThinning THINNING = new StepThinning(16);

    private static final long LAST = 119;
    private static final List<TrainingEvent> EVENTS = PLANTED.all().stream()
            .filter(event -> !(event instanceof StepCompleted step && step.step() > LAST))
            .toList();

    private final MemoryStore store = new MemoryStore();
    private final Studies studies = new Studies(THINNING);
    private final StudyArchive archive = new StudyArchive(studies, store);

    @BeforeEach
    void keepAll() {
        studies.add(EVENTS);
        store.keep(EVENTS);
    }

    @Test
    void whatWasAtRestComesBackAsItWas() {
        Study before = study();
        assertThat(before.knownRuns().getFirst().curve().size()).isLessThan((int) LAST);
        archive.evict(before);
        assertThat(study().isEvicted()).isTrue();
        assertThat(study().revision()).isEqualTo(before.revision());
        Study loaded = archive.load(study());
        assertThat(loaded).isEqualTo(before);
        assertThat(study().isEvicted()).as("the points do not stay").isTrue();
    }

    @Test
    void aStudyAtRestTellsAllButItsPoints() {
        Study before = study();
        archive.evict(before);
        Study resting = study();
        assertThat(resting.state()).isEqualTo(RunState.COMPLETED);
        assertThat(resting.doneFlops()).isEqualTo(before.doneFlops());
        assertThat(resting.references()).isEqualTo(before.references());
        Run run = resting.knownRuns().getFirst();
        Run known = before.knownRuns().getFirst();
        assertThat(run.step()).isEqualTo(LAST);
        assertThat(run.curve().finals()).isEqualTo(known.curve().finals());
        assertThatThrownBy(() -> run.curve().points()).hasMessageContaining("points of run planted-0 are evicted");
        assertThatThrownBy(() -> run.curve().size()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.curve().plus(List.of(known.curve().points().getFirst())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStudyThatGoesOnOrHasChangedMeanwhileStays() {
        Studies half = new Studies(THINNING);
        half.add(PLANTED.plans());
        half.add(PLANTED.training().subList(0, 40));
        Study going = half.find("planted").orElseThrow();
        new StudyArchive(half, store).evict(going);
        assertThat(half.find("planted")).containsSame(going);

        Study old = study();
        studies.add(extension());
        archive.evict(old);
        assertThat(study().isEvicted()).isFalse();
    }

    @Test
    void repeatedEventsOfAStudyAtRestChangeNothing() {
        Study before = study();
        archive.evict(before);
        archive.reload(Set.of("planted", "unheard"));
        assertThat(studies.add(EVENTS)).isEmpty();
        assertThat(study().runs()).isEqualTo(before.runs());
        assertThat(study().revision()).as("it is fitted again").isGreaterThan(before.revision());
    }

    @Test
    void aStudyAtRestThatIsExtendedGoesOnLikeOneThatNeverRested() {
        Studies never = new Studies(THINNING);
        never.add(EVENTS);
        never.add(extension());

        archive.evict(study());
        archive.reload(Set.of("planted"));
        assertThat(studies.add(extension())).isEmpty();
        assertThat(study().runs()).isEqualTo(never.find("planted").orElseThrow().runs());
    }

    @Test
    void anImpossibleStepOfAStudyAtRestIsStillRefused() {
        archive.evict(study());
        archive.reload(Set.of("planted"));
        StepCompleted known = steps().getFirst();
        assertThat(studies.add(List.of(step(known, known.step(), 2 * known.lossNats()))))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("is known"));
    }

    @Test
    void aStoreThatLostThePointsIsToldAndTheLogFillsTheStudyAgain() {
        Study before = study();
        archive.evict(before);
        store.empty();
        assertThatThrownBy(() -> archive.load(study()))
                .isInstanceOf(StudyArchive.NotThereException.class)
                .hasMessageContaining("study 'planted' is over and its points lie in the database")
                .hasMessageContaining("points of run planted-0 are missing, the last of which is step 119");

        archive.reload(Set.of("planted"));
        assertThat(studies.add(EVENTS)).isEmpty();
        assertThat(study().runs()).isEqualTo(before.runs());
    }

    private Study study() {
        return studies.find("planted").orElseThrow();
    }

    private static List<StepCompleted> steps() {
        return EVENTS.stream()
                .filter(StepCompleted.class::isInstance)
                .map(StepCompleted.class::cast)
                .toList();
    }

    /** A larger budget of the first run, and its first step. */
    private List<TrainingEvent> extension() {
        RunSpec first = PLANTED.specs().getFirst();
        List<RunSpec.Budget> budgets = new ArrayList<>(first.budgets());
        RunSpec.Budget last = budgets.getLast();
        budgets.add(new RunSpec.Budget(2 * last.tokens(), 2 * last.endRecord()));
        StepCompleted step = steps().stream()
                .filter(one -> one.runId().equals(first.runId()) && one.step() == LAST)
                .findFirst()
                .orElseThrow();
        Instant later = step.at().plusSeconds(60);
        return List.of(
                new RunPlanned(first.withBudgets(budgets, 2 * first.expectedFlops()), later),
                new RunStateChanged("planted", first.runId(), RunState.TRAINING, LAST, "", later),
                step(step, LAST + 1, step.lossNats()));
    }

    private static StepCompleted step(StepCompleted like, long number, double lossNats) {
        double more = (double) number / like.step();
        return new StepCompleted(
                like.studyId(),
                like.runId(),
                number,
                like.tokens() * more,
                like.computeFlops() * more,
                like.executedFlops() * more,
                lossNats,
                like.learningRate(),
                like.gradientNorm(),
                like.tokensPerSecond(),
                like.at());
    }
}
