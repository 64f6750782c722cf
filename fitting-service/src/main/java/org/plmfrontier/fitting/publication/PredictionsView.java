package org.plmfrontier.fitting.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.prediction.LossForecast;
import org.plmfrontier.fitting.prediction.MissedStage;
import org.plmfrontier.fitting.prediction.PlannedBudget;
import org.plmfrontier.fitting.prediction.Prediction;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.prediction.Predictions;
import org.plmfrontier.fitting.prediction.Score;
import org.plmfrontier.fitting.prediction.Seal;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * The final losses of a study's runs as they were predicted, and what came.
 *
 * @param reason why some may be missing now; null where none is
 * @param predictions of runs that are there, in the order in which they were sealed: those of runs that were deleted stay on the
 *     topic alone
 * @param missed stages that were not sealed in time
 * @param topic what else is on the topic, of all studies together
 */
public record PredictionsView(
        String study,
        @Nullable String reason,
        Summary summary,
        List<Sealed> predictions,
        List<MissedStage> missed,
        Topic topic) {

    /**
     * Means over the predictions that have an interval and an outcome; null where there is none.
     *
     * @param sealed how many predictions there are
     * @param identified how many of them have an interval
     * @param scored how many of these have an outcome
     * @param level probability that the intervals claim to cover
     * @param coverage share of the scored ones whose interval holds the outcome
     * @param medianErrorNats median of the errors' sizes
     */
    @StagedBuilder
    public record Summary(
            int sealed,
            int identified,
            int scored,
            double level,
            @Nullable Double coverage,
            @Nullable Double medianErrorNats,
            @Nullable Double meanIntervalScoreNats) {
        private static Summary of(List<Sealed> all) {
            List<Score> scores = all.stream()
                    .flatMap(one -> Optional.ofNullable(one.score()).stream())
                    .toList();
            int identified = (int) all.stream()
                    .filter(one -> one.forecast().lossNats() != null)
                    .count();
            if (scores.isEmpty()) {
                return PredictionsViewSummaryBuilder.builder()
                        .sealed(all.size())
                        .identified(identified)
                        .scored(0)
                        .level(Forecaster.LEVEL)
                        .build();
            }
            double inside = scores.stream().filter(Score::inside).count();
            return PredictionsViewSummaryBuilder.builder()
                    .sealed(all.size())
                    .identified(identified)
                    .scored(scores.size())
                    .level(Forecaster.LEVEL)
                    .coverage(inside / scores.size())
                    .medianErrorNats(median(scores.stream()
                            .mapToDouble(score -> Math.abs(score.errorNats()))
                            .sorted()
                            .toArray()))
                    .meanIntervalScoreNats(scores.stream()
                            .mapToDouble(Score::intervalScoreNats)
                            .average()
                            .orElseThrow())
                    .build();
        }

        private static double median(double[] sorted) {
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }

    /**
     * One prediction.
     *
     * @param name label of the run
     * @param at when the broker appended it
     * @param computeShare spent FLOPs over planned ones then
     * @param outcomeNats held-out loss at the end of the planned budget; null before it is there
     * @param score null where there is no interval or no outcome
     */
    @StagedBuilder
    public record Sealed(
            String runId,
            String name,
            String family,
            int stagePercent,
            Instant at,
            PlannedBudget planned,
            double computeShare,
            LossForecast forecast,
            @Nullable Double outcomeNats,
            @Nullable Score score,
            Seal seal) {
        private static Sealed of(PredictionBook.Entry entry, Study study) {
            Prediction prediction = entry.sealed().prediction();
            Optional<Run> run =
                    Optional.ofNullable(study.runs().get(prediction.runId())).filter(Run::isKnown);
            Optional<Double> outcome = run.flatMap(
                    known -> Predictions.outcome(known, prediction.planned().tokens()));
            Optional<Estimate> forecast =
                    Optional.ofNullable(prediction.forecast().lossNats());
            return PredictionsViewSealedBuilder.builder()
                    .runId(prediction.runId())
                    .name(run.map(Run::name).orElse(prediction.runId()))
                    .family(prediction.family())
                    .stagePercent(prediction.stagePercent())
                    .at(entry.at())
                    .planned(prediction.planned())
                    .computeShare(prediction.computeShare())
                    .forecast(prediction.forecast())
                    .seal(entry.sealed().seal())
                    .outcomeNats(outcome.orElse(null))
                    .score(forecast.flatMap(known -> outcome.map(loss -> Score.of(known, loss)))
                            .orElse(null))
                    .build();
        }
    }

    /**
     * Records that count for no study.
     *
     * @param setApart records that are no predictions
     * @param repeated records of a run, stage and budget that was sealed before
     */
    public record Topic(long setApart, long repeated) {}

    /** The view of a study. */
    public static PredictionsView of(Study study, PredictionBook book) {
        List<Sealed> sealed = new ArrayList<>();
        book.of(study.id()).stream()
                .filter(entry ->
                        study.runs().containsKey(entry.sealed().prediction().runId()))
                .forEach(entry -> sealed.add(Sealed.of(entry, study)));
        return new PredictionsView(
                study.id(),
                book.notReadReason().orElse(null),
                Summary.of(sealed),
                List.copyOf(sealed),
                MissedStage.of(study, book::isSealed),
                new Topic(book.setApart(), book.repeated()));
    }
}
