package org.plmfrontier.dataset.plan;

import org.plmfrontier.contracts.job.RunSpec;

/**
 * A run that is planned already.
 *
 * @param partition its partition of the jobs topic
 * @param slices how many slices it has
 * @param over whether no further budget can be given to it: it diverged
 */
public record PlannedRun(RunSpec spec, int partition, int slices, boolean over) {}
