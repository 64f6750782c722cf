package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.Decimation;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * How far one reader of a study's live stream has come. What a slow reader missed is sent in one piece, so nothing
 * queues up. Not thread-safe.
 */
public final class LiveCursor {
    /** Most points of one run in one message; fewer where there are many runs. */
    private static final int MOST_POINTS = 400;

    private final Map<String, Long> lastStep = new HashMap<>();
    private final Map<String, Integer> finals = new HashMap<>();
    private long revision = -1;
    private long fittedRevision = -1;

    /**
     * A message of the stream.
     *
     * @param name study, curves, frontier or families
     * @param data a sheet, or a list of curve sheets with the new points only
     */
    public record Message(String name, Object data) {}

    /** Whether the reader knows this very state and its fit, so that nothing can be new. */
    public boolean isAt(Study study) {
        return study.revision() == revision && study.revision() == fittedRevision;
    }

    /** What is new since the last call. */
    public List<Message> next(Study study, Optional<StudyFit> latest) {
        List<Message> messages = new ArrayList<>();
        boolean refitted = latest.isPresent() && latest.get().study().revision() != fittedRevision;
        if (study.revision() != revision || refitted) {
            messages.add(new Message("study", StudyView.of(study, latest)));
        }
        List<CurveView> curves = study.revision() == revision ? List.of() : newPoints(study, latest);
        if (!curves.isEmpty()) {
            messages.add(new Message("curves", curves));
        }
        if (refitted) {
            messages.add(new Message("frontier", FrontierView.of(latest.get())));
            messages.add(new Message("families", FamilyView.of(latest.get())));
        }
        revision = study.revision();
        fittedRevision = latest.map(fit -> fit.study().revision()).orElse(fittedRevision);
        return messages;
    }

    private List<CurveView> newPoints(Study study, Optional<StudyFit> latest) {
        List<CurveView> curves = new ArrayList<>();
        List<Run> runs = study.knownRuns();
        int most = Decimation.pointsPerCurve(runs.size(), MOST_POINTS);
        for (Run run : runs) {
            List<CurvePoint> points = fresh(run, most);
            List<FinalPoint> known = run.curve().finals();
            Integer before = finals.put(run.runId(), known.size());
            if (!points.isEmpty() || before == null || before != known.size()) {
                curves.add(CurveView.of(run, latest.map(found -> found.runs().get(run.runId())), points));
            }
        }
        return curves;
    }

    private List<CurvePoint> fresh(Run run, int most) {
        long from = lastStep.getOrDefault(run.runId(), -1L);
        lastStep.put(run.runId(), run.step());
        if (from >= run.step()) {
            return List.of();
        }
        List<CurvePoint> points = Decimation.forPlot(run.curve(), most);
        return points.stream().filter(point -> point.step() > from).toList();
    }
}
