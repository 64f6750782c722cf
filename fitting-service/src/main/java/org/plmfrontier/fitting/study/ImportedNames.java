package org.plmfrontier.fitting.study;

import java.util.Set;

/** Frees ids that imported studies have for the studies of the suite, whose ids stand in the log and cannot change. */
@FunctionalInterface
public interface ImportedNames {
    /** Returns when no imported study has any of these ids. */
    void giveWayTo(Set<String> studyIds);
}
