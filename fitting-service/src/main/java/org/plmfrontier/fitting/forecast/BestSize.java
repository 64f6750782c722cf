package org.plmfrontier.fitting.forecast;

import java.util.Optional;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * The size and the tokens that end with the least loss at a compute of 6 N D, with intervals that count the laws' errors.
 *
 * @param loss of that size
 * @param half loss of half the size with twice the tokens, so at the same compute, less that of the best, nats: of what such runs end
 *     with on average, without the noise of single ones; the interval begins below zero where half the size may be better
 * @param twice the same of twice the size with half the tokens
 * @param warning where the size or its tokens lie far outside of what was tried
 */
@StagedBuilder
public record BestSize(
        Estimate parameters,
        Estimate tokens,
        Estimate tokensPerParameter,
        Forecast loss,
        Estimate half,
        Estimate twice,
        Optional<String> warning) {}
