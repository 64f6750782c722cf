package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;

/** Where trainers learn of evaluations and read their files. Methods that write return when the broker has acknowledged. Thread-safe. */
public interface EvaluationLog {
    /**
     * Keeps a file until {@link #keepOnly}; one that is there already is not written again.
     *
     * @param content a file whose bytes have that digest
     */
    void keep(EvaluationData file, Path content) throws IOException;

    /** Deletes the files of all other digests. */
    void keepOnly(Set<String> sha256);

    /** Jobs that trainers have not consumed yet; empty while the broker does not say. */
    OptionalLong waiting();

    /** Reads a kept file; to be closed. */
    InputStream open(EvaluationData file) throws IOException;

    /** Tells all who read training events of an evaluation's relatives. */
    void audited(DownstreamEvaluated relatives);

    /** Publishes jobs in this order. */
    void publish(List<EvaluationJob> jobs);
}
