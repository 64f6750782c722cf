package org.plmfrontier.trainer.http;

import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * How well a run's newest state predicts held-out residues.
 *
 * @param measure {@code pseudo-perplexity}, each residue masked in its turn, or of a causal family {@code perplexity}
 * @param step optimiser steps of the state
 * @param sequences held-out sequences that were asked for
 * @param residues that were predicted
 * @param nats mean loss, nats per residue
 * @param perplexity exp(nats)
 */
@StagedBuilder
record MeasuredModel(
        String runId, String measure, long step, int sequences, long residues, double nats, double perplexity) {}
