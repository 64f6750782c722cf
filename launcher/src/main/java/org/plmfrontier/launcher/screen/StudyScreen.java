package org.plmfrontier.launcher.screen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plmfrontier.launcher.study.RunView;
import org.plmfrontier.launcher.study.StudyView;

/** A study in progress as lines of text: one bar over all FLOPs with the time left, one line per run. */
public final class StudyScreen {
    private static final int WIDE = 40;
    private static final int NARROW = 12;

    private StudyScreen() {}

    /**
     * The whole screen.
     *
     * @param elapsed since the first slice was awaited; empty where that is not known
     */
    public static List<String> lines(StudyView study, Optional<Duration> elapsed, OptionalDouble flopsPerSecond) {
        List<String> lines = new ArrayList<>();
        lines.add(overall(study, elapsed, flopsPerSecond));
        for (RunView run : study.runs()) {
            lines.add(run(run));
        }
        return lines;
    }

    /** One line over the whole study, also what is printed where there is no terminal. */
    public static String overall(StudyView study, Optional<Duration> elapsed, OptionalDouble flopsPerSecond) {
        String left = study.isOver() || flopsPerSecond.isEmpty() || flopsPerSecond.getAsDouble() <= 0
                ? ""
                : ", " + Quantities.duration(left(study, flopsPerSecond.getAsDouble())) + " left";
        return String.format(
                Locale.ROOT,
                "%s %3.0f %%  %s of %sFLOPs%s%s",
                Quantities.bar(study.progress(), WIDE),
                100 * study.progress(),
                Quantities.si(study.doneFlops()),
                Quantities.si(study.expectedFlops()),
                elapsed.map(time -> "  " + Quantities.duration(time)).orElse(""),
                left);
    }

    private static Duration left(StudyView study, double flopsPerSecond) {
        return Duration.ofSeconds((long) ((study.expectedFlops() - study.doneFlops()) / flopsPerSecond));
    }

    private static String run(RunView run) {
        return String.format(
                Locale.ROOT,
                "  %-8s N %-6s %s %3.0f %%  loss %s  held-out %s  on MASK %s  %7s tokens/s  %s",
                run.name(),
                Quantities.si((double) run.parameters()),
                Quantities.bar(run.progress(), NARROW),
                100 * run.progress(),
                nats(run.lossNats()),
                nats(run.heldOutNats()),
                nats(run.onMaskNats()),
                run.isOver() ? "-" : Quantities.si(run.tokensPerSecond()),
                run.state().toLowerCase(Locale.ROOT));
    }

    private static String nats(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "  -  ";
    }
}
