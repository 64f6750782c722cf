package org.plmfrontier.fitting.envelope;

import java.util.Objects;
import org.plmfrontier.fitting.quantity.PowerLaw;

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
}
