package org.plmfrontier.fitting.tracking;

import java.util.List;
import java.util.Set;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.RunSizes;

/** What a tracker wrote of one run, or of several runs into one file. It can be read again and again. */
public interface TrackedSource {
    /** Names of the runs in it. */
    List<String> runs();

    /** Names of the runs in it that have the scalar. */
    default List<String> runs(String metric) {
        return runs();
    }

    /** Names of the scalars that were logged. */
    Set<String> metrics();

    /** Whether losses come with their tokens, so that steps need not stand for them. */
    default boolean hasTokens() {
        return false;
    }

    /** Whether losses come with their FLOPs. */
    default boolean hasFlops() {
        return false;
    }

    /**
     * The values of a scalar as losses.
     *
     * @param metric one of {@link #metrics()}
     */
    LossRows losses(String metric, RunSizes sizes);
}
