package org.plmfrontier.fitting.study;

/** What was computed and published of studies. */
@FunctionalInterface
public interface PublishedFits {
    /** Returns when nothing is there and published any more of a study that is not among the studies. */
    void forget(String studyId);
}
