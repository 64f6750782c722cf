package org.plmfrontier.fitting.table;

/** What the names of runs say about their sizes. */
public interface NamedSizes {
    /** What the name says; {@link RunSize#UNKNOWN} where it says nothing. */
    RunSize of(String run);

    /** Whether names can say N at all. */
    boolean sayParameters();

    /** Whether names can say tokens or FLOPs per step at all. */
    boolean sayTokens();

    /** Whether names can say FLOPs per step at all. */
    boolean sayFlops();
}
