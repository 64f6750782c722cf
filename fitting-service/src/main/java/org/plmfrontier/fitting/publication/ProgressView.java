package org.plmfrontier.fitting.publication;

import java.util.List;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.progress.ProvisionalPoint;
import org.plmfrontier.fitting.progress.RunProgress;

/**
 * Steps of a run that are not committed. They may never be; nothing is fitted to them.
 *
 * @param slice number of the slice that trains, from 0
 * @param leaseGeneration of the trainers' group; a higher one is a later owner of the run
 * @param trainer name of the process
 * @param committedStep the run's last step that is committed; 0 before the first
 * @param whole whether the points take the place of all that were sent before; else they follow
 * @param points ascending by step, all behind the committed step
 */
@StagedBuilder
public record ProgressView(
        String runId,
        int slice,
        int leaseGeneration,
        String trainer,
        long committedStep,
        boolean whole,
        List<Step> points) {

    /** One step, see {@link ProvisionalPoint}. */
    public record Step(
            long step, double tokens, double computeFlops, double lossNats, double learningRate, double gradientNorm) {
        static Step of(ProvisionalPoint point) {
            return new Step(
                    point.step(),
                    point.tokens(),
                    point.computeFlops(),
                    point.lossNats(),
                    point.learningRate(),
                    point.gradientNorm());
        }
    }

    /** All points of a run. */
    public static ProgressView whole(RunProgress.Source source, long committedStep, List<ProvisionalPoint> points) {
        return of(source, committedStep, true, points);
    }

    /** Further points of a run. */
    static ProgressView further(RunProgress.Source source, long committedStep, List<ProvisionalPoint> points) {
        return of(source, committedStep, false, points);
    }

    private static ProgressView of(
            RunProgress.Source source, long committedStep, boolean whole, List<ProvisionalPoint> points) {
        return ProgressViewBuilder.builder()
                .runId(source.runId())
                .slice(source.slice())
                .leaseGeneration(source.leaseGeneration())
                .trainer(source.trainer())
                .committedStep(committedStep)
                .whole(whole)
                .points(points.stream().map(Step::of).toList())
                .build();
    }
}
