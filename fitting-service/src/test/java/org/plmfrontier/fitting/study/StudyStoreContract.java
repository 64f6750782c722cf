package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.StepThinning;

/** What every {@link StudyStore} does: the test of a store inherits this. Ids are new in each test. */
public interface StudyStoreContract {
    StudyStore store();

    @Test
    default void theStudyThatIsReplayedIsTheOneThatWasObserved() {
        PlantedStudy planted = PlantedStudy.ofSix(unique(), 40, 5);
        keep(planted.all(), unique(), Offsets.NONE);
        assertThat(rebuilt(planted.id(), Set.of()).runs())
                .isEqualTo(direct(planted).runs());
    }

    @Test
    default void eventsThatComeTwiceAndInDisorderChangeNothing() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 3, 40, 5);
        String log = unique();
        List<TrainingEvent> training = new ArrayList<>(planted.training());
        Collections.shuffle(training, new Random(7));
        keep(planted.plans(), log, Offsets.NONE);
        keep(training, log, Offsets.NONE);
        keep(planted.all(), log, Offsets.NONE);
        assertThat(rebuilt(planted.id(), Set.of()).runs())
                .isEqualTo(direct(planted).runs());
    }

    @Test
    default void plansComeBeforeWhatTheirRunsDid() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 3, 60, 5);
        keep(planted.all(), unique(), Offsets.NONE);
        Set<String> plannedRuns = new HashSet<>();
        store().replay(batch -> batch.stream().filter(of(planted)).forEach(event -> {
            if (event instanceof TrainingEvent.RunPlanned planned) {
                plannedRuns.add(planned.runId());
            } else {
                assertThat(plannedRuns).contains(event.runId());
            }
        }));
        assertThat(plannedRuns).hasSize(3);
    }

    @Test
    default void ofAnEvictedStudyOnlyTheLastStepOfEachRunIsReplayed() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 2, 40, 5);
        keep(planted.all(), unique(), Offsets.NONE);
        List<StepCompleted> steps = new ArrayList<>();
        store().replay(
                        Set.of(planted.id()),
                        batch -> batch.stream()
                                .filter(of(planted))
                                .filter(StepCompleted.class::isInstance)
                                .map(StepCompleted.class::cast)
                                .forEach(steps::add));
        assertThat(steps)
                .extracting(StepCompleted::step)
                .containsExactlyInAnyOrder(
                        steps(planted, 0).getLast().step(),
                        steps(planted, 1).getLast().step());
    }

    @Test
    default void everySoManyStepsOfARunComeWithAllThatIsKnownOfThem() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 2, 45, 5);
        keep(planted.all(), unique(), Offsets.NONE);
        List<StepCompleted> all = steps(planted, 0);
        String run = all.getFirst().runId();
        StepCompleted last = all.getLast();
        List<StepCompleted> wanted = all.stream()
                .filter(step -> step.step() % 7 == 0 || step.step() == 1 || step.step() == last.step())
                .toList();
        List<RecordedStep> kept = store().steps(run, 7);
        assertThat(kept)
                .extracting(step -> step.point().step())
                .containsExactlyElementsOf(
                        wanted.stream().map(StepCompleted::step).toList());
        RecordedStep end = kept.getLast();
        assertThat(end.point().lossNats()).isEqualTo(last.lossNats());
        assertThat(end.point().learningRate()).hasValue(last.learningRate());
        assertThat(end.gradientNorm()).hasValue(last.gradientNorm());
        assertThat(end.tokensPerSecond()).hasValue(last.tokensPerSecond());
        assertThat(end.at()).contains(last.at().truncatedTo(ChronoUnit.MICROS));
        assertThat(store().steps(run, 1)).hasSameSizeAs(all);
        assertThat(store().steps("nobody-" + run, 1)).isEmpty();
    }

    @Test
    default void theHistoryOfARunIsKeptOnceInItsOrder() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 2, 45, 5);
        keep(planted.all(), unique(), Offsets.NONE);
        String study = planted.id();
        String run = study + "-0";
        RunHistory before = store().history(run);
        Instant at = Instant.parse("2030-01-02T03:04:05.123456Z");
        TrainingDevice gpu = new TrainingDevice("NVIDIA H100 80GB HBM3", 9.894e14);
        List<TrainingEvent> more = List.of(
                new SliceCompleted(
                        study, run, 901, 91, 91, 9e4, 9e9, "c-91", "t2", at, new TrainingDevice("cpu", null), null),
                new SliceCompleted(study, run, 900, 90, 90, 8e4, 8e9, "c-90", "t1", at, gpu, null),
                TrainingEventSliceCompletedBuilder.builder()
                        .studyId(study)
                        .runId(run)
                        .slice(902)
                        .step(92)
                        .toRecord(92)
                        .tokens(9.5e4)
                        .computeFlops(9.5e9)
                        .checkpoint("c-92")
                        .trainer("t1")
                        .at(at)
                        .build(),
                new CheckpointRefused(study, run, 91, "c-91", "file has 3 bytes", "t2", at),
                new RunStateChanged(study, run, RunState.STOPPED, 91, "asked for", at.plusSeconds(5)),
                new RunStateChanged(study, run, RunState.TRAINING, 91, "", at.plusSeconds(9)));
        keep(more, unique(), Offsets.NONE);
        keep(more, unique(), Offsets.NONE);
        RunHistory history = store().history(run);
        assertThat(history.slices()).containsAll(before.slices());
        assertThat(history.slices()
                        .subList(before.slices().size(), history.slices().size()))
                .containsExactly(
                        (SliceCompleted) more.get(1), (SliceCompleted) more.get(0), (SliceCompleted) more.get(2));
        assertThat(history.refusals()).containsExactly((CheckpointRefused) more.get(3));
        assertThat(history.changes()).endsWith((RunStateChanged) more.get(4), (RunStateChanged) more.get(5));
        assertThat(history.changes()).hasSize(before.changes().size() + 2);
        keep(planted.deletions().subList(0, 1), unique(), Offsets.NONE);
        assertThat(store().history(run)).isEqualTo(new RunHistory(List.of(), List.of(), List.of()));
    }

    @Test
    default void thePointsOfARunComeInOrderAndComplete() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 2, 45, 5);
        List<TrainingEvent> training = new ArrayList<>(planted.training());
        Collections.reverse(training);
        String log = unique();
        keep(planted.plans(), log, Offsets.NONE);
        keep(training, log, Offsets.NONE);
        keep(training, log, Offsets.NONE);
        List<CurvePoint> points = new ArrayList<>();
        store().points(planted.id() + "-1", points::addAll);
        List<StepCompleted> steps = steps(planted, 1);
        assertThat(points)
                .extracting(CurvePoint::step)
                .isEqualTo(steps.stream().map(StepCompleted::step).toList());
        assertThat(points)
                .extracting(CurvePoint::lossNats)
                .isEqualTo(steps.stream().map(StepCompleted::lossNats).toList());
    }

    @Test
    default void aRunWithoutEventsHasNoPoints() {
        store().points(unique(), batch -> assertThat(batch).isEmpty());
    }

    @Test
    default void aPlaceInTheLogIsKeptPerLogAndNeverGoesBack() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 1, 20, 5);
        String log = unique();
        assertThat(store().readTo(log)).isEqualTo(Offsets.NONE);
        keep(planted.all(), log, Offsets.parse("0:100,2:7"));
        store().keep(List.of(), log, Offsets.parse("0:90,2:8"));
        assertThat(store().readTo(log)).isEqualTo(Offsets.parse("0:100,2:8"));
        assertThat(store().readTo(unique())).isEqualTo(Offsets.NONE);
    }

    @Test
    default void howFarAStudyWasObservedIsKeptPerLog() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 1, 20, 5);
        List<TrainingEvent> all = planted.all();
        String log = unique();
        keep(all, log, Offsets.parse("1:" + all.size()));
        keep(all.subList(0, 3), log, Offsets.NONE);
        int last = IntStream.range(0, all.size())
                .filter(i -> new LoggedEvent(all.get(i), 1, i).isOfCurves())
                .max()
                .orElseThrow();
        assertThat(store().observed(log)).isEqualTo(Map.of(planted.id(), Offsets.parse("1:" + (last + 1))));
        assertThat(store().observed(unique())).isEmpty();
    }

    @Test
    default void ofADeletedRunNothingIsLeftWhateverIsSaidOfItLater() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 2, 40, 5);
        String log = unique();
        keep(planted.all(), log, Offsets.NONE);
        keep(planted.deletions().subList(0, 1), log, Offsets.NONE);
        keep(planted.training(), log, Offsets.NONE);
        assertThat(rebuilt(planted.id(), Set.of()).runs()).containsOnlyKeys(planted.id() + "-1");
        store().points(planted.id() + "-0", points -> assertThat(points).isEmpty());
        keep(planted.deletions(), log, Offsets.NONE);
        keep(planted.training(), log, Offsets.NONE);
        assertThat(all(planted)).hasOnlyElementsOfType(RunDeleted.class).hasSize(2);
    }

    @Test
    default void aDeletionInTheBatchOfItsRunLeavesNothingAndAPlanBehindItMakesTheRunAnew() {
        PlantedStudy planted = PlantedStudy.ofMany(unique(), 2, 40, 5);
        List<TrainingEvent> batch = new ArrayList<>(planted.all());
        batch.addAll(planted.deletions());
        batch.addAll(planted.training());
        keep(batch, unique(), Offsets.NONE);
        assertThat(all(planted)).hasOnlyElementsOfType(RunDeleted.class).hasSize(2);
        keep(planted.all(), unique(), Offsets.NONE);
        assertThat(rebuilt(planted.id(), Set.of()).runs())
                .isEqualTo(direct(planted).runs());
        assertThat(all(planted)).noneMatch(RunDeleted.class::isInstance);
    }

    private List<TrainingEvent> all(PlantedStudy planted) {
        List<TrainingEvent> all = new ArrayList<>();
        store().replay(batch -> batch.stream().filter(of(planted)).forEach(all::add));
        return all;
    }

    private void keep(List<? extends TrainingEvent> events, String log, Offsets readTo) {
        store().keep(
                        IntStream.range(0, events.size())
                                .mapToObj(i -> new LoggedEvent(events.get(i), 1, i))
                                .toList(),
                        log,
                        readTo);
    }

    private Study rebuilt(String id, Set<String> evicted) {
        Studies rebuilt = new Studies(StepThinning.USUAL);
        store().replay(evicted, batch -> assertThat(rebuilt.add(batch)).isEmpty());
        return rebuilt.find(id).orElseThrow();
    }

    /** Steps of one run in their order. */
    private static List<StepCompleted> steps(PlantedStudy planted, int run) {
        return planted.training().stream()
                .filter(StepCompleted.class::isInstance)
                .map(StepCompleted.class::cast)
                .filter(step -> step.runId().equals(planted.id() + "-" + run))
                .sorted(Comparator.comparingLong(StepCompleted::step))
                .toList();
    }

    private static Study direct(PlantedStudy planted) {
        Studies direct = new Studies(StepThinning.USUAL);
        direct.add(planted.all());
        return direct.find(planted.id()).orElseThrow();
    }

    private static Predicate<TrainingEvent> of(PlantedStudy planted) {
        return event -> event.studyId().equals(planted.id());
    }

    private static String unique() {
        return "kit-" + UUID.randomUUID().toString().substring(0, 13);
    }
}
