package org.plmfrontier.dataset.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/** Remembers the evaluations of studies, and of which states they were asked. Thread-safe. */
public interface EvaluationStore {
    /**
     * A state of a run of which an evaluation was asked.
     *
     * @param record training records that the run had seen
     * @param hash of the evaluation
     */
    record Asked(String runId, long record, String hash) {}

    /** Ids of the studies that have evaluations. */
    Set<String> studies();

    /** The evaluations of a study in the order in which they were added. */
    List<EvaluationSpec> of(String studyId);

    /** Adds evaluations to a study; one of a name that is there already changes nothing. */
    void add(String studyId, List<EvaluationSpec> evaluations);

    /**
     * Forgets an evaluation of a study, and what was asked of it.
     *
     * @return whether it was there
     */
    boolean remove(String studyId, String name);

    /** What was asked of a study's runs. */
    Set<Asked> asked(String studyId);

    /** Remembers that evaluations were asked. */
    void asked(String studyId, Collection<Asked> asked);
}
