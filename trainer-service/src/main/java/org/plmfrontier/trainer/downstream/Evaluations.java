package org.plmfrontier.trainer.downstream;

import java.io.IOException;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/** Reads what an evaluation needs. */
@FunctionalInterface
public interface Evaluations {
    /**
     * An evaluation with its data.
     *
     * @throws UnusableDataException where its data or options cannot be used, with the place and the reason
     * @throws IOException where a file cannot be had
     */
    DownstreamEvaluation of(EvaluationSpec evaluation, EvaluationFiles files) throws UnusableDataException, IOException;
}
