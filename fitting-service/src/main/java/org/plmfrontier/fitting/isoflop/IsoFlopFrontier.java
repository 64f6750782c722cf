package org.plmfrontier.fitting.isoflop;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.Flag;
import org.plmfrontier.fitting.quantity.PowerLaw;

/**
 * The answer of approach 2.
 *
 * @param vertices ascending by budget
 * @param parameters N_opt(C)
 * @param tokens D_opt(C)
 * @param a exponent of N_opt
 * @param b exponent of D_opt
 * @param noiseNats standard deviation of a loss around its parabola, as propagated
 * @param leftOut one sentence per budget that gave no vertex
 */
public record IsoFlopFrontier(
        List<Vertex> vertices,
        PowerLaw parameters,
        PowerLaw tokens,
        Estimate a,
        Estimate b,
        double noiseNats,
        List<String> leftOut,
        List<Flag> flags,
        Bootstrap bootstrap) {
    public IsoFlopFrontier {
        vertices = List.copyOf(vertices);
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        leftOut = List.copyOf(leftOut);
        flags = List.copyOf(flags);
        Objects.requireNonNull(bootstrap, "bootstrap");
    }
}
