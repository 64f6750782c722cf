package org.plmfrontier.fitting.prediction;

import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/** Makes sealed predictions again from the state of their study at their offsets. Not thread-safe. */
public final class Recomputation {
    private final FamilyForecasters forecasters = new FamilyForecasters();

    /**
     * What should have been sealed. Of the record itself only the run and the code version are taken.
     *
     * @param study as the log up to the record's offsets describes it
     * @param log id of that log
     * @return the prediction, or why there should be none
     */
    public FitOutcome<SealedPrediction> of(SealedPrediction sealed, Study study, String log) {
        String runId = sealed.prediction().runId();
        Run run = study.runs().get(runId);
        if (run == null || !run.isKnown()) {
            return FitOutcome.notIdentifiable("the log up to these offsets knows no plan of run " + runId);
        }
        if (!Predictions.isOpen(run)) {
            return FitOutcome.notIdentifiable("at these offsets the log has the outcome of run " + runId
                    + " already, or the run was over: this was no prediction");
        }
        Seal seal = new Seal(log, study.asOf().toString(), sealed.seal().codeVersion(), Forecaster.SEED);
        return FitOutcome.fitted(new SealedPrediction(Predictions.of(study, run, forecasters), seal));
    }
}
