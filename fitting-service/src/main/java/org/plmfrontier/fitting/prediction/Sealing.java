package org.plmfrontier.fitting.prediction;

import java.util.List;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/** Makes the predictions of a study that are due, and says which of them may still be written. Not thread-safe. */
public final class Sealing {
    private final FamilyForecasters forecasters = new FamilyForecasters();

    /** Whether a run of the study is due and the state of the study has its place in the log. */
    public static boolean isDue(Study study, PredictionBook book) {
        return !study.asOf().isEmpty()
                && !Predictions.due(study, book::isSealed).isEmpty();
    }

    /**
     * The predictions that are due, from this state of the study and no other.
     *
     * @param log id of the log that {@code study.asOf()} is a place of
     */
    public List<SealedPrediction> of(Study study, String log, PredictionBook book) {
        if (!isDue(study, book)) {
            return List.of();
        }
        Seal seal = new Seal(log, study.asOf().toString(), CodeVersion.current(), Forecaster.SEED);
        return Predictions.due(study, book::isSealed).stream()
                .map(run -> new SealedPrediction(Predictions.of(study, run, forecasters), seal))
                .toList();
    }

    /**
     * Those that nobody else has sealed meanwhile and whose outcome has not come meanwhile.
     *
     * @param now the latest state of their study
     */
    public static List<SealedPrediction> stillOpen(List<SealedPrediction> made, Study now, PredictionBook book) {
        return made.stream()
                .filter(one -> !book.isSealed(one.prediction().key()))
                .filter(one -> hasNoOutcome(one.prediction(), now))
                .toList();
    }

    private static boolean hasNoOutcome(Prediction prediction, Study now) {
        Run run = now.runs().get(prediction.runId());
        return run != null
                && Predictions.outcome(run, prediction.planned().tokens()).isEmpty();
    }
}
