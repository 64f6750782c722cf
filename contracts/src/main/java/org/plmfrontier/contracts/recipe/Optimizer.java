package org.plmfrontier.contracts.recipe;

import java.util.Objects;

/**
 * Adam with weight decay, torch's epsilon rule. The paper (Appendix D) gives beta 0.9 / 0.98, decay 0.01 and does not say
 * whether the decay was L2 or decoupled, so both are offered.
 *
 * @param decay how weight decay enters the update
 * @param weightDecay coefficient of the decay
 * @param clipNorm global gradient norm above which gradients are scaled down; {@link Double#MAX_VALUE} for no clipping
 */
public record Optimizer(Decay decay, double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {
    /** DECOUPLED is AdamW; L2 adds the decay to the gradient, torch.optim.Adam. */
    public enum Decay {
        DECOUPLED,
        L2
    }

    public Optimizer {
        Objects.requireNonNull(decay, "decay");
        fraction("beta1", beta1);
        fraction("beta2", beta2);
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon must be positive, got " + epsilon);
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weightDecay must not be negative, got " + weightDecay);
        }
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm must be positive, got " + clipNorm);
        }
    }

    /** AdamW with the paper's constants, gradients clipped at norm 1. */
    public static Optimizer adamW() {
        return new Optimizer(Decay.DECOUPLED, 0.9, 0.98, 1e-8, 0.01, 1.0);
    }

    private static void fraction(String field, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(field + " must lie in [0, 1), got " + value);
        }
    }
}
