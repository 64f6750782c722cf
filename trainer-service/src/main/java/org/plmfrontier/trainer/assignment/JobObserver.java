package org.plmfrontier.trainer.assignment;

/** Receives what became of jobs; thread-safe, since a checkpoint is written by another thread than the one that trains. */
public interface JobObserver {
    /**
     * Events of a slice, of a part of one, or of a stop are committed.
     *
     * @param steps among them
     */
    void published(int steps);

    /** Nothing was to be done. */
    void skipped();

    /** The job is in the dead-letter topic. */
    void deadLettered();

    /** An attempt at a job, a commit or a write failed; another one follows. */
    void retried();

    /** What was trained of a job and not published is lost; the job begins again where its run stands. */
    void dropped();
}
