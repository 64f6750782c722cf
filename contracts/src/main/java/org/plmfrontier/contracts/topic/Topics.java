package org.plmfrontier.contracts.topic;

/** Names of the topics; all of them are created by their writer, never by auto-creation. */
public final class Topics {
    /** {@code BatchJob} as JSON, keyed by run id, explicit partition per run. */
    public static final String JOBS = "token-batch-jobs";
    /** {@code TrainingEvent} as JSON in CloudEvents binary mode, keyed by run id. */
    public static final String EVENTS = "training-events";
    /**
     * {@code CheckpointPointer} as JSON, keyed by run id, compacted, partitioned exactly like {@link #JOBS}: whoever owns
     * a partition of jobs finds there where each of its runs stands.
     */
    public static final String CHECKPOINTS = "checkpoints";
    /** {@code RunCommand} as JSON, keyed by run id, compacted. */
    public static final String COMMANDS = "run-commands";
    /**
     * {@code ProvisionalSteps} as JSON, keyed by run id: steps as they happen, before their slice is committed. Written
     * without transactions, deleted after minutes; the log's own time counts, since trainers' clocks may be wrong.
     */
    public static final String PROGRESS = "training-progress";
    /** The published frontier, keyed by study id, compacted. */
    public static final String FRONTIER = "frontier";
    /**
     * Forecasts of final losses, written before these exist, keyed by study id; one partition, append-only and kept, with the
     * broker's own time.
     */
    public static final String FORECASTS = "forecasts";

    /** {@code EvaluationJob} as JSON, keyed by run id: checkpoints to be evaluated, by whichever trainer has time. */
    public static final String EVALUATION_JOBS = "evaluation-jobs";

    /** How the topics of evaluations' files begin. */
    public static final String EVALUATION_DATA = "evaluation-data.";

    /** How far each corpus is, as JSON keyed by corpus id, compacted; a deleted corpus leaves a tombstone. */
    public static final String CORPUS_EVENTS = "corpus-events";

    private Topics() {}

    /** The token log of a corpus: one partition, one record per batch, contiguous indices. */
    public static String tokens(String corpusId) {
        return "tokens." + corpusId;
    }

    /** The held-out part of a corpus, in the same form. */
    public static String heldOut(String corpusId) {
        return "tokens." + corpusId + ".heldout";
    }

    /** The bytes of a file that evaluations read: one partition, a part of the file in each record. */
    public static String evaluationData(String sha256) {
        return EVALUATION_DATA + sha256.substring(0, 32);
    }

    /** Where undecodable or impossible records of a topic go. */
    public static String deadLetters(String topic) {
        return topic + ".dlq";
    }
}
