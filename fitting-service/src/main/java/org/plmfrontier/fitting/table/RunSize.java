package org.plmfrontier.fitting.table;

import java.util.OptionalDouble;

/**
 * What is known of a run beside its losses; each is empty where unknown.
 *
 * @param parameters N
 * @param tokensPerStep D over the optimiser step
 * @param flopsPerStep training FLOPs over the optimiser step
 */
public record RunSize(OptionalDouble parameters, OptionalDouble tokensPerStep, OptionalDouble flopsPerStep) {
    /** Nothing is known. */
    public static final RunSize UNKNOWN =
            new RunSize(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /** @throws IllegalArgumentException naming a value that is not positive and finite */
    public RunSize {
        requirePositive("parameters", parameters);
        requirePositive("tokensPerStep", tokensPerStep);
        requirePositive("flopsPerStep", flopsPerStep);
    }

    /** The same, with what the other one knows where this one does not. */
    public RunSize or(RunSize other) {
        return new RunSize(
                first(parameters, other.parameters),
                first(tokensPerStep, other.tokensPerStep),
                first(flopsPerStep, other.flopsPerStep));
    }

    /** Whether D follows from a step: of tokens per step, or of FLOPs per step and N. */
    boolean saysTokens() {
        return tokensPerStep.isPresent() || flopsPerStep.isPresent();
    }

    private static OptionalDouble first(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() ? one : other;
    }

    private static void requirePositive(String field, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() > 0 && value.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(field + " must be positive and finite, got " + value.getAsDouble());
        }
    }
}
