package org.plmfrontier.trainer.assignment;

/** Receives what became of jobs, on the training thread. */
public interface JobObserver {
    /** The slice's events are committed. */
    void published();

    /** Nothing was to be done. */
    void skipped();

    /** The job is in the dead-letter topic. */
    void deadLettered();

    /** An attempt failed; another one follows. */
    void retried();
}
