package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.Decimation;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.study.Run;

/**
 * The loss curve of one run, ascending by step, and its final losses, ascending by budget.
 *
 * @param run which run
 * @param loss its losses
 */
public record CurveView(
        @JsonUnwrapped RunNames run, @JsonUnwrapped Losses loss) {

    /**
     * Which run a curve is of.
     *
     * @param size N of the fits
     */
    public record RunNames(String runId, String name, String family, double size, SizeView parameters) {
        static RunNames of(Run run) {
            return new RunNames(run.runId(), run.name(), run.family(), run.parameters(), SizeView.of(run));
        }
    }

    /**
     * Losses of a run.
     *
     * @param points chosen ones where the run has many
     * @param pointsKept how many points the service keeps of the run
     * @param finals the held-out loss at the end of each budget; of an imported run, which has one end, the last alone
     */
    public record Losses(List<Point> points, int pointsKept, List<FinalPoint> finals) {}

    /**
     * One step.
     *
     * @param smoothedNats null where the latest fit does not reach
     * @param learningRate null where it is not known
     */
    @StagedBuilder
    public record Point(
            long step,
            double tokens,
            double computeFlops,
            double executedFlops,
            double lossNats,
            @Nullable Double smoothedNats,
            @Nullable Double learningRate) {}

    /**
     * The curve of a run.
     *
     * @param fit its latest fit
     * @param most at most so many points, spread over the logarithm of compute
     */
    public static CurveView of(Run run, Optional<RunFit> fit, int most) {
        return of(run, fit, Decimation.forPlot(run.curve(), most));
    }

    /** The same with these points only. */
    static CurveView of(Run run, Optional<RunFit> fit, List<CurvePoint> points) {
        Optional<SmoothedCurve> smoothed = fit.flatMap(known -> known.smoothed().result());
        List<Point> sheet = new ArrayList<>(points.size());
        for (CurvePoint point : points) {
            sheet.add(CurveViewPointBuilder.builder()
                    .step(point.step())
                    .tokens(point.tokens())
                    .computeFlops(point.computeFlops())
                    .executedFlops(point.executedFlops())
                    .lossNats(point.lossNats())
                    .smoothedNats(smoothed.filter(curve -> curve.domain().contains(point.computeFlops()))
                            .map(curve -> curve.lossAt(point.computeFlops()))
                            .orElse(null))
                    .learningRate(
                            point.learningRate().isPresent()
                                    ? point.learningRate().getAsDouble()
                                    : null)
                    .build());
        }
        return new CurveView(RunNames.of(run), new Losses(sheet, run.curve().size(), finals(run)));
    }

    /** The held-out loss at the end of each budget; of an imported run, which has one end, the last alone. */
    static List<FinalPoint> finals(Run run) {
        List<FinalPoint> finals = run.curve().finals();
        return run.spec().isPresent() || finals.isEmpty() ? finals : List.of(finals.getLast());
    }
}
