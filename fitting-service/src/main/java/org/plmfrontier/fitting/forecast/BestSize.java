package org.plmfrontier.fitting.forecast;

import java.util.Optional;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * The size and the tokens that end with the least loss at a compute of 6 N D, with intervals that count the laws' errors.
 *
 * @param loss of that size
 * @param half loss of half the size at the same compute, less the best, nats
 * @param twice the same of twice the size
 * @param warning where the size or its tokens lie far outside of what was tried
 */
@StagedBuilder
public record BestSize(
        Estimate parameters,
        Estimate tokens,
        Estimate tokensPerParameter,
        Forecast loss,
        double half,
        double twice,
        Optional<String> warning) {}
