package org.plmfrontier.dataset.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.Relatives;

/** Remembers the evaluations of studies, and of which states they were asked. Thread-safe. */
public interface EvaluationStore {
    /**
     * A state of a run of which an evaluation was asked.
     *
     * @param record training records that the run had seen
     * @param hash of the evaluation
     */
    record Asked(String runId, long record, String hash) {}

    /**
     * A state within a run that trainers keep, or will keep, until it is released.
     *
     * @param slice at whose end it is
     * @param record training records that the run had seen
     * @param percents of the evaluations that want it
     */
    record KeptState(String runId, int slice, long record, List<Double> percents) {
        public KeptState {
            percents = List.copyOf(percents);
        }
    }

    /** Ids of the studies that have evaluations. */
    Set<String> studies();

    /** The evaluations of a study in the order in which they were added. */
    List<PlannedEvaluation> of(String studyId);

    /** Adds evaluations to a study; one of a name that is there already changes nothing. */
    void add(String studyId, List<PlannedEvaluation> evaluations);

    /**
     * Forgets an evaluation of a study, and what was asked of it.
     *
     * @return whether it was there
     */
    boolean remove(String studyId, String name);

    /** What was asked of a study's runs. */
    Set<Asked> asked(String studyId);

    /** Studies of which there are states to release. */
    Set<String> studiesWithKeptStates();

    /** States within a study's runs that are not released, in the order of each run. */
    List<KeptState> keptStates(String studyId);

    /** Remembers that states were released. */
    void released(Collection<KeptState> states);

    /**
     * How long an evaluation took last.
     *
     * @return number of parameters of the model to seconds of its device; empty where it was never measured
     */
    Map<Long, Double> seconds(String hash);

    /** What was found of relatives of an evaluation's proteins in a corpus. */
    Optional<Relatives> relatives(String hash, String corpus);

    /** Remembers what was found of relatives. */
    void keep(String hash, Relatives relatives);

    /** Remembers that evaluations were asked. */
    void asked(String studyId, Collection<Asked> asked);
}
