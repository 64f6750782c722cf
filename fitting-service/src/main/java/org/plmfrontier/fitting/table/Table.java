package org.plmfrontier.fitting.table;

import java.util.List;

/** What a file can be: losses of runs, or optima that someone else has found. */
public sealed interface Table permits LossTable, OptimaTable {
    /** What is wrong with the file, by line. */
    List<Finding> findings();
}
