package org.plmfrontier.fitting.envelope;

import java.util.Objects;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.PowerLaw;
import org.plmfrontier.fitting.regression.PowerLawFit;

/**
 * The laws along an envelope.
 *
 * @param parameters N_opt(C), exponent a
 * @param tokens D_opt(C), exponent b
 */
public record EnvelopeLaws(PowerLaw parameters, PowerLaw tokens) {
    public EnvelopeLaws {
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(tokens, "tokens");
    }

    /** Least squares in logarithms over the grid values that have a winner; not identifiable with one size there. */
    static FitOutcome<EnvelopeLaws> through(EnvelopeGrid grid, int[] winners) {
        PowerLawFit parameters = new PowerLawFit();
        PowerLawFit tokens = new PowerLawFit();
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < winners.length; i++) {
            int run = winners[i];
            if (run != EnvelopeGrid.NOBODY) {
                double size = grid.parameters(run);
                smallest = Math.min(smallest, size);
                largest = Math.max(largest, size);
                parameters.add(grid.lnFlops()[i], Math.log(size), 1);
                tokens.add(grid.lnFlops()[i], grid.lnTokens()[run][i], 1);
            }
        }
        if (smallest >= largest) {
            return FitOutcome.notIdentifiable("only one size, N = " + largest
                    + ", lies on the envelope, so nothing tells how the best size grows with compute");
        }
        return parameters.law().flatMap(n -> tokens.law().map(d -> new EnvelopeLaws(n, d)));
    }
}
