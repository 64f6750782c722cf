package org.plmfrontier.dataset.ingest;

/** Where token logs are written. */
public interface TokenLogs {
    /** Opens the training log of a corpus, created where absent, continued where it breaks off. */
    TokenLog training(String corpusId);

    /** Opens the held-out log of a corpus in the same way. */
    TokenLog heldOut(String corpusId);
}
