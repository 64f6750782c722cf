package org.plmfrontier.fitting.plateau;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;

/**
 * The verdicts on runs that the suite itself trained, as they were at each half doubling of compute, beside what came. Encoders,
 * decoders, LSTMs and modern encoders of a hundred to a thousand parameters far past the steep part of their curve, on fresh proteins and on
 * 300 repeated ones, and larger ones that go on falling slowly; see README.md beside the recordings.
 */
class RecordedRunsTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(60, 0.95, 1);

    private static final List<Hindsight> FLOORS = new ArrayList<>();
    private static final List<Hindsight> SLOW = new ArrayList<>();

    @BeforeAll
    static void lookBack() throws Exception {
        for (String study : List.of("floor-fresh", "floor-small", "floor-repeated", "cpu-ladder")) {
            for (Run run : runs(study)) {
                var schedule = run.spec().orElseThrow().recipe().schedule();
                List<Hindsight> looks = Hindsight.of(run.curve().since(schedule.warmupTokens()), schedule, BOOTSTRAP);
                (run.parameters() < 3000 ? FLOORS : SLOW).addAll(looks);
            }
        }
    }

    private static List<Run> runs(String study) throws Exception {
        Path file = study.equals("cpu-ladder")
                ? Path.of("../launcher/demo/cpu-ladder.jsonl.gz")
                : Path.of("src/test/resources/recordings", study + ".jsonl.gz");
        Studies studies = new Studies(StepThinning.USUAL);
        List<LoggedEvent> events = new ArrayList<>();
        for (TrainingEvent event : StudyRecording.read(file).events()) {
            events.add(new LoggedEvent(event, 0, events.size()));
        }
        studies.addLogged(events);
        return studies.find(study).orElseThrow().runs().values().stream()
                .filter(run -> !run.curve().isEmpty())
                .toList();
    }

    private static List<Hindsight> all() {
        List<Hindsight> all = new ArrayList<>(FLOORS);
        all.addAll(SLOW);
        return all;
    }

    @Test
    void noLossThatFellInTheNextDoublingWasSaidToHaveStopped() {
        assertThat(all()).hasSizeGreaterThan(90);
        assertThat(all().stream().filter(look -> look.fallNats() > Hindsight.FALLS_NATS))
                .hasSizeGreaterThan(25)
                .noneMatch(Hindsight::isFalseAlarm);
        assertThat(SLOW.stream().filter(look -> look.verdict() instanceof PlateauVerdict.Plateau))
                .as("larger models that go on falling")
                .hasSizeLessThanOrEqualTo(SLOW.size() / 20);
    }

    @Test
    void lossesThatHadStoppedAreFound() {
        assertThat(FLOORS.stream().filter(look -> look.verdict() instanceof PlateauVerdict.Plateau))
                .isNotEmpty()
                .allMatch(look -> look.fallNats() < 0.012);
    }

    @Test
    void theIntervalOfTheNextDoublingHoldsWhatCame() {
        List<Hindsight> forecast =
                all().stream().filter(look -> look.verdict().next() != null).toList();
        long held = forecast.stream()
                .filter(look -> look.verdict().next().fallNats().covers(look.fallNats()))
                .count();
        assertThat(forecast).hasSizeGreaterThan(70);
        assertThat((double) held / forecast.size()).isBetween(0.94, 1.0);
    }
}
