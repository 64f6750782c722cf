package org.plmfrontier.trainer.evaluator;

import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;

/** Learns what becomes of evaluations. */
public interface EvaluationObserver {
    /** A result is published. */
    void evaluated(DownstreamEvaluated result);

    /** An attempt has failed and is made again. */
    void retried();

    /** A job went to the dead letters. */
    void deadLettered();
}
