package org.plmfrontier.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.plateau.Hindsight;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/**
 * Verdicts of the plateau rule on recorded runs as they were at each half doubling of their compute, beside what came: how often
 * a loss that had stopped falling was found, how often one was called so that fell by more than {@value Hindsight#FALLS_NATS} nats
 * in the next doubling, and how often the interval of the next doubling's fall held it.
 */
public final class RecordedCurves {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(100, 0.95, 1);
    /** A loss that falls by less within a doubling has stopped falling. */
    private static final double STOPPED_NATS = 0.005;

    private int looks;
    private int forecasts;
    private int held;
    private final List<String> missed = new ArrayList<>();
    private int plateaus;
    private int falseAlarms;
    private int stopped;
    private int found;

    private RecordedCurves() {}

    /** Files of {@code ./frontier record}. */
    public static void main(String[] args) throws IOException {
        RecordedCurves all = new RecordedCurves();
        System.out.println("| run | tokens | loss, nats | looks | Plateau | of these false | fall held | now |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String file : args) {
            study(Path.of(file)).runs().values().stream()
                    .filter(run -> !run.curve().isEmpty())
                    .forEach(all::row);
        }
        System.out.printf(
                "%d looks: %d Plateau, %d of them false (fell by more than %.2f nats in the next doubling); of %d looks at a loss"
                        + " that fell by less than %.3f in the next doubling %d said Plateau; %d of %d intervals of the next fall"
                        + " held it (%.1f %%, 95 %% asked)%n",
                all.looks,
                all.plateaus,
                all.falseAlarms,
                Hindsight.FALLS_NATS,
                all.stopped,
                STOPPED_NATS,
                all.found,
                all.held,
                all.forecasts,
                100.0 * all.held / all.forecasts);
        all.missed.forEach(System.out::println);
    }

    private static Study study(Path file) throws IOException {
        StudyRecording recording = StudyRecording.read(file);
        Studies studies = new Studies(StepThinning.USUAL);
        List<LoggedEvent> events = new ArrayList<>();
        for (TrainingEvent event : recording.events()) {
            events.add(new LoggedEvent(event, 0, events.size()));
        }
        studies.addLogged(events);
        return studies.find(recording.header().study()).orElseThrow();
    }

    private void row(Run run) {
        var plan = run.spec().orElseThrow();
        RunCurve curve = run.curve().since(plan.recipe().schedule().warmupTokens());
        List<Hindsight> looks = Hindsight.of(curve, plan.recipe().schedule(), BOOTSTRAP);
        Map<String, Integer> verdicts = new LinkedHashMap<>();
        int forecastHere = 0;
        int heldHere = 0;
        int plateausHere = 0;
        int falseHere = 0;
        for (Hindsight look : looks) {
            boolean plateau = look.verdict() instanceof PlateauVerdict.Plateau;
            plateausHere += plateau ? 1 : 0;
            falseHere += look.isFalseAlarm() ? 1 : 0;
            stopped += look.fallNats() < STOPPED_NATS ? 1 : 0;
            found += look.fallNats() < STOPPED_NATS && plateau ? 1 : 0;
            if (look.verdict().next() != null) {
                Estimate fall = look.verdict().next().fallNats();
                forecastHere++;
                heldHere += fall.covers(look.fallNats()) ? 1 : 0;
                if (!fall.covers(look.fallNats())) {
                    missed.add(String.format(
                            "not held: %s, %s at %.3g FLOPs, %.3f nats foreseen [%.3f, %.3f], %.3f came",
                            run.studyId(),
                            run.name(),
                            look.flops(),
                            fall.value(),
                            fall.low(),
                            fall.high(),
                            look.fallNats()));
                }
            }
            verdicts.merge(look.verdict().getClass().getSimpleName(), 1, Integer::sum);
        }
        this.looks += looks.size();
        plateaus += plateausHere;
        falseAlarms += falseHere;
        forecasts += forecastHere;
        held += heldHere;
        System.out.printf(
                "| %s, %s | %.3g | %.3f | %d: %s | %d | %d | %d of %d | %s |%n",
                run.studyId(),
                run.name(),
                curve.tokens(curve.size() - 1),
                curve.lossNats(curve.size() - 1),
                looks.size(),
                verdicts,
                plateausHere,
                falseHere,
                heldHere,
                forecastHere,
                looks.isEmpty() ? "" : looks.getLast().verdict().getClass().getSimpleName());
    }
}
