package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * A study with its runs, smallest model first.
 *
 * @param families what is fitted apart, ascending
 * @param origin where it comes from
 * @param work its runs and how far they are
 */
public record StudyView(
        String study,
        RunState state,
        List<String> families,
        @JsonUnwrapped Origin origin,
        @JsonUnwrapped Work work) {

    /**
     * Where a study comes from.
     *
     * @param imported null for studies of the suite
     * @param references losses of the trivial models; null before the first run is planned and for imported studies
     * @param comparisons what the losses of each family are compared with, ascending by family; empty as references are null
     */
    public record Origin(
            @Nullable Imported imported, @Nullable ReferenceLosses references, List<ComparisonView> comparisons) {
        static Origin of(Study study) {
            return new Origin(
                    study.note().map(Imported::of).orElse(null),
                    study.references().orElse(null),
                    ComparisonView.of(study));
        }
    }

    /**
     * How far a study is.
     *
     * @param expectedFlops training FLOPs of all runs, unpadded
     * @param secondsLeft at the pace of the last minutes; null while nothing moves
     * @param fitIsCurrent whether the fits that are published are of this very state
     */
    public record Work(
            List<RunView> runs,
            double expectedFlops,
            double doneFlops,
            double remainingFlops,
            @Nullable Double secondsLeft,
            boolean fitIsCurrent) {}

    /**
     * Where an imported study comes from.
     *
     * @param content hash of the file
     * @param rows rows that entered
     * @param findings what was found wrong with the file, see {@code /findings}
     */
    public record Imported(String content, long rows, long findings) {
        static Imported of(ImportNote note) {
            return new Imported(note.content(), note.rows(), note.findings());
        }
    }

    /**
     * One line of the list of studies.
     *
     * @param best the lowest held-out loss of each family, ascending by family; families without one are left out
     * @param updatedAt when its latest step was done; null before the first and of imported studies
     * @param imported whether it comes from a file
     */
    public record Line(
            String id,
            RunState state,
            @JsonUnwrapped Amounts amounts,
            List<Best> best,
            @Nullable Instant updatedAt,
            boolean imported) {
        public static Line of(Study study) {
            return new Line(
                    study.id(),
                    study.state(),
                    Amounts.of(study),
                    Best.of(study),
                    study.lastBeat().orElse(null),
                    study.note().isPresent());
        }
    }

    /**
     * How much a study is, and how much of it is done.
     *
     * @param runsOver runs that are completed or diverged
     */
    public record Amounts(int runs, int runsOver, double expectedFlops, double doneFlops) {
        static Amounts of(Study study) {
            List<Run> runs = study.knownRuns();
            int over = Math.toIntExact(
                    runs.stream().filter(run -> run.state().isFinal()).count());
            return new Amounts(runs.size(), over, study.expectedFlops(), study.doneFlops());
        }
    }

    /**
     * The lowest held-out loss of a family; losses of two families are different quantities.
     *
     * @param name of the run
     * @param lossNats of imported runs the lowest of their final losses
     */
    public record Best(String family, String name, double lossNats) {
        static List<Best> of(Study study) {
            Map<String, Best> lowest = new TreeMap<>();
            for (Run run : study.knownRuns()) {
                for (FinalPoint end : run.curve().finals()) {
                    lowest.merge(
                            run.family(),
                            new Best(run.family(), run.name(), end.lossNats()),
                            (one, other) -> other.lossNats() < one.lossNats() ? other : one);
                }
            }
            return List.copyOf(lowest.values());
        }
    }

    /** The sheet of a study's present state; losses and verdicts are those of the latest fit. */
    public static StudyView of(Study study, Optional<StudyFit> fit) {
        return new StudyView(
                study.id(),
                study.state(),
                study.families(),
                Origin.of(study),
                new Work(
                        study.knownRuns().stream()
                                .map(run -> RunView.of(
                                        run, fit.map(known -> known.runs().get(run.runId()))))
                                .toList(),
                        study.expectedFlops(),
                        study.doneFlops(),
                        study.remainingFlops(),
                        study.secondsLeft().orElse(null),
                        fit.map(known -> known.study().revision() == study.revision())
                                .orElse(false)));
    }
}
