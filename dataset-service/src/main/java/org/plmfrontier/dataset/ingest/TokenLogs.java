package org.plmfrontier.dataset.ingest;

import java.util.function.Consumer;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogAudit;

/** Where token logs are written. */
public interface TokenLogs {
    /**
     * Opens the training log of a corpus, created where absent, continued where it breaks off.
     *
     * @throws IllegalStateException where it holds a defect, which the message names
     */
    TokenLog training(String corpusId);

    /** Opens the held-out log of a corpus in the same way. */
    TokenLog heldOut(String corpusId);

    /** How many batches the training log has from index 0 on; 0 where there is no log. */
    long trainingRecords(String corpusId);

    /** The same of the held-out log. */
    long heldOutRecords(String corpusId);

    /** Reads the whole training log and checks it. */
    TokenLogAudit.Report auditTraining(String corpusId);

    /** Reads the whole held-out log and checks it. */
    TokenLogAudit.Report auditHeldOut(String corpusId);

    /** Reads the whole held-out log, checks it and gives its sound batches in order. */
    TokenLogAudit.Report readHeldOut(String corpusId, Consumer<TokenBatch> batches);

    /** Deletes both logs, where they are. */
    void delete(String corpusId);
}
