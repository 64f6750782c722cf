package org.plmfrontier.dataset.study;

/**
 * The work that trainers have left.
 *
 * @param remainingFlops training FLOPs, unpadded, of the active runs
 * @param remainingJobs their slices that are not done
 * @param activeRuns runs that are planned or in training
 */
public record Backlog(double remainingFlops, long remainingJobs, long activeRuns) {}
