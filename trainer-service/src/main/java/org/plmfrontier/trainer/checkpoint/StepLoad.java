package org.plmfrontier.trainer.checkpoint;

/**
 * What one optimiser step trained.
 *
 * @param tokens PAD not counted
 * @param computeFlops unpadded training FLOPs (Table 5)
 * @param executedFlops training FLOPs with padding
 */
public record StepLoad(long tokens, long computeFlops, long executedFlops) {}
