package org.plmfrontier.trainer.assignment;

/** Is told what became of jobs; called on the training thread. */
public interface JobObserver {
    /** The slice's events are committed. */
    void published();

    /** Nothing was to be done. */
    void skipped();

    /** The job is in the dead-letter topic. */
    void buried();

    /** An attempt failed and is made again. */
    void retried();
}
