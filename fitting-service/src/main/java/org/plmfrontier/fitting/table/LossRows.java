package org.plmfrontier.fitting.table;

import java.util.function.Consumer;

/** The rows of a file of losses one by one, before they are looked at by run. They can be read again and again. */
public interface LossRows {
    /** Whether the rows may have a C of their own. */
    boolean hasFlops();

    /** What the file or its reader says about units, for the look at all runs together. */
    KnownUnits units();

    /** How the file was understood. */
    Interpretation interpretation();

    /**
     * Reads the rows in the file's order.
     *
     * @param findings receives what is wrong with the file and its rows
     */
    void read(FindingLog findings, Consumer<TableRow> rows);
}
