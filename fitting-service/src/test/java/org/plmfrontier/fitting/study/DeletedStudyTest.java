package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;

/** Runs that the log says are deleted, in memory. */
class DeletedStudyTest {
    private static final PlantedStudy PLANTED = PlantedStudy.ofMany("doomed", 3, 40, 7);

    private final Studies studies = new Studies(StepThinning.USUAL);

    @Test
    void aStudyIsThereUntilItsLastRunIsDeletedAndLateEventsBringNothingBack() {
        studies.add(PLANTED.all());
        Study before = studies.find("doomed").orElseThrow();
        studies.add(PLANTED.deletions().subList(0, 2));
        Study fewer = studies.find("doomed").orElseThrow();
        assertThat(fewer.runs()).containsOnlyKeys("doomed-2");
        assertThat(fewer.revision()).isGreaterThan(before.revision());
        studies.add(PLANTED.deletions().subList(2, 3));
        assertThat(studies.all()).isEmpty();
        assertThat(studies.add(PLANTED.training()))
                .as("not impossible, only late")
                .isEmpty();
        assertThat(studies.all()).isEmpty();
    }

    @Test
    void anyBatchesOfTheLogGiveTheSame() {
        List<TrainingEvent> log = new ArrayList<>(PLANTED.all());
        log.addAll(PLANTED.deletions());
        log.addAll(PLANTED.training());
        log.addAll(PLANTED.all());
        for (int size : new int[] {1, 7, 50, 100_000}) {
            Studies cut = new Studies(StepThinning.USUAL);
            for (int from = 0; from < log.size(); from += size) {
                int first = from;
                int until = Math.min(log.size(), from + size);
                cut.addLogged(IntStream.range(first, until)
                        .mapToObj(i -> new LoggedEvent(log.get(i), i % 2, i))
                        .toList());
            }
            Studies planted = new Studies(StepThinning.USUAL);
            planted.add(PLANTED.all());
            Study study = cut.find("doomed").orElseThrow();
            assertThat(study.runs())
                    .as("batches of %d", size)
                    .isEqualTo(planted.find("doomed").orElseThrow().runs());
            assertThat(study.asOf().toString()).as("batches of %d", size).isEqualTo(asOf(log));
        }
    }

    /** Behind the last events that are about curves. */
    private static String asOf(List<TrainingEvent> log) {
        Offsets asOf = Offsets.NONE;
        for (int i = 0; i < log.size(); i++) {
            if (new LoggedEvent(log.get(i), i % 2, i).isOfCurves()) {
                asOf = asOf.with(i % 2, i + 1L);
            }
        }
        return asOf.toString();
    }

    @Test
    void aPlanBehindTheDeletionMakesAnotherRunOfALaterRevision() {
        studies.add(PLANTED.all());
        long revision = studies.find("doomed").orElseThrow().revision();
        studies.add(PLANTED.deletions());
        studies.add(PLANTED.plans());
        Study again = studies.find("doomed").orElseThrow();
        assertThat(again.revision()).isGreaterThan(revision);
        assertThat(again.knownRuns()).hasSize(3).allMatch(run -> run.curve().isEmpty());
        assertThat(again.doneFlops()).isZero();
    }

    @Test
    void placesInTheLogOutliveTheStudyAndARestart() {
        studies.addLogged(logged(PLANTED.all(), 0));
        studies.addLogged(logged(PLANTED.deletions(), 1000));
        Studies restarted = new Studies(StepThinning.USUAL);
        restarted.add(PLANTED.deletions());
        restarted.observed(Map.of("doomed", Offsets.parse("1:1003")));
        for (Studies each : List.of(studies, restarted)) {
            each.add(PLANTED.plans());
            assertThat(each.find("doomed").orElseThrow().asOf()).isEqualTo(Offsets.parse("1:1003"));
        }
    }

    @Test
    void aDeletionOfAnotherStudysRunIsImpossible() {
        studies.add(PLANTED.all());
        TrainingEvent foreign = new RunDeleted(
                "other", "doomed-0", "", "", PLANTED.deletions().getFirst().at());
        assertThat(studies.add(List.of(foreign)))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason())
                        .isEqualTo(
                                "run doomed-0 belongs to study doomed, the event says that study other was deleted"));
        assertThat(studies.find("doomed").orElseThrow().runs()).hasSize(3);
    }

    @Test
    void whatIsLateDoesNotCountAsAnEventOfTheStudy() {
        assertThat(studies.addedTo(logged(PLANTED.all(), 0))).isEqualTo(Set.of("doomed"));
        studies.add(PLANTED.deletions());
        assertThat(studies.addedTo(logged(PLANTED.training(), 0))).isEmpty();
        assertThat(studies.addedTo(logged(PLANTED.deletions(), 0))).isEmpty();
        assertThat(studies.addedTo(logged(PLANTED.plans(), 0))).isEqualTo(Set.of("doomed"));
    }

    private static List<LoggedEvent> logged(List<TrainingEvent> events, long first) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> new LoggedEvent(events.get(i), 1, first + i))
                .toList();
    }
}
