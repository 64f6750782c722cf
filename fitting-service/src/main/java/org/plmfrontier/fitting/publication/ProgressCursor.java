package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.curve.Decimation;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.progress.ProvisionalPoint;
import org.plmfrontier.fitting.progress.RunProgress;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * How far one reader of a live stream has come in the steps that are not committed. That steps are committed it is not told:
 * it receives them as points of the curve then. Not thread-safe.
 */
public final class ProgressCursor {
    /** Most points of one run in one message; fewer where there are many runs. */
    private static final int MOST_POINTS = 400;

    private final Map<String, Sent> sent = new HashMap<>();

    private record Sent(RunProgress.Source source, long epoch, long lastStep) {}

    /** What is new since the last call. */
    public List<ProgressView> next(Study study, Progress progress) {
        List<ProgressView> news = new ArrayList<>();
        int most = Decimation.pointsPerCurve(study.runs().size(), MOST_POINTS);
        for (Run run : study.runs().values()) {
            if (run.isKnown()) {
                next(run, progress.of(run), most).ifPresent(news::add);
            }
        }
        return news;
    }

    private Optional<ProgressView> next(Run run, Optional<RunProgress> found, int most) {
        Sent before = sent.get(run.runId());
        if (found.isEmpty()) {
            return Optional.ofNullable(sent.remove(run.runId()))
                    .map(gone -> ProgressView.whole(gone.source(), run.step(), List.of()));
        }
        RunProgress now = found.get();
        boolean anew = before == null || before.epoch() != now.epoch();
        long from = before == null || anew ? 0 : before.lastStep();
        List<ProvisionalPoint> points =
                now.points().stream().filter(point -> point.step() > from).toList();
        if (points.isEmpty() && (before == null || !anew)) {
            return Optional.empty();
        }
        long last = points.isEmpty() ? from : points.getLast().step();
        sent.put(run.runId(), new Sent(now.source(), now.epoch(), last));
        List<ProvisionalPoint> shown = RunProgress.thinned(points, most);
        return Optional.of(
                anew
                        ? ProgressView.whole(now.source(), run.step(), shown)
                        : ProgressView.further(now.source(), run.step(), shown));
    }
}
