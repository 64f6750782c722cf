package org.plmfrontier.dataset.plan;

import org.plmfrontier.contracts.job.RunSpec;

/**
 * A run that is planned already.
 *
 * @param partition its partition of the jobs topic
 * @param slices how many slices it has
 * @param plannedTo record at which the last of them ends
 * @param over whether no further budget can be given to it: it diverged
 */
public record PlannedRun(RunSpec spec, int partition, int slices, long plannedTo, boolean over) {
    public PlannedRun {
        if (partition < 0 || slices < 0 || plannedTo < 0 || plannedTo > spec.endRecord()) {
            throw new IllegalArgumentException("run " + spec.runId() + ": partition " + partition + ", slices " + slices
                    + ", planned to record " + plannedTo + " of " + spec.endRecord());
        }
    }

    /** A run all of whose slices are known. */
    public PlannedRun(RunSpec spec, int partition, int slices, boolean over) {
        this(spec, partition, slices, spec.endRecord(), over);
    }
}
