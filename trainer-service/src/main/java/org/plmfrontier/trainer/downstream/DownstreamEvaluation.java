package org.plmfrontier.trainer.downstream;

import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.engine.ProteinModel;

/** An evaluation whose data are read and checked. Immutable; the same model gives the same numbers. */
public interface DownstreamEvaluation {
    /**
     * Measures a model.
     *
     * @throws java.util.concurrent.CancellationException where the thread is interrupted meanwhile
     */
    Outcome measure(ProteinModel model);

    /** The same metrics of predictors that know nothing of the model, by the predictor's name. */
    Map<String, List<Measure>> baselines();

    /** What was set apart of the data, in sentences with their place. */
    List<String> findings();

    /**
     * What a model gave.
     *
     * @param findings what the model could not be asked, in sentences; the reason where there is no number
     */
    record Outcome(List<Measure> measures, List<String> findings) {
        public Outcome {
            measures = List.copyOf(measures);
            findings = List.copyOf(findings);
        }
    }
}
