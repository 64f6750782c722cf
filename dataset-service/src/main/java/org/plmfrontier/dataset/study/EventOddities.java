package org.plmfrontier.dataset.study;

/** Told of training events that are passed over. Thread-safe. */
public interface EventOddities {
    /** A record that is no training event; it is among the dead letters. */
    void undecodable(String place, String reason);

    /** Events of a run that no study here has. */
    void unknownRun(String runId);

    /** An event that contradicts earlier ones. */
    void impossible(String reason);
}
