package org.plmfrontier.trainer.downstream;

import java.io.IOException;
import java.nio.file.Path;
import org.plmfrontier.contracts.evaluation.EvaluationData;

/** Where the files of evaluations are. */
@FunctionalInterface
public interface EvaluationFiles {
    /**
     * The file with a digest.
     *
     * @throws IOException where it cannot be had
     */
    Path of(EvaluationData file) throws IOException;
}
