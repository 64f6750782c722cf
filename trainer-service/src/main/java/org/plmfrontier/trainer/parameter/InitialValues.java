package org.plmfrontier.trainer.parameter;

import org.plmfrontier.contracts.random.SplitMix64;

/** How the values of a tensor begin. */
public sealed interface InitialValues {
    /** All 0, as biases and moments begin. */
    Constant ZEROS = new Constant(0);
    /** All 1, as the weights of norms begin. */
    Constant ONES = new Constant(1);

    /** The next value. */
    float next(SplitMix64 random);

    /** torch.nn.Linear's own rule, uniform in plus or minus 1 / sqrt(columns) (Kaiming uniform, a = sqrt(5), He et al. 2015). */
    static Uniform linear(int columns) {
        return new Uniform(1 / Math.sqrt(columns));
    }

    /** The same number everywhere. */
    record Constant(float value) implements InitialValues {
        @Override
        public float next(SplitMix64 random) {
            return value;
        }
    }

    /** Uniform in plus or minus {@code bound}. */
    record Uniform(double bound) implements InitialValues {
        public Uniform {
            requirePositive("bound", bound);
        }

        @Override
        public float next(SplitMix64 random) {
            return (float) (bound * (2 * random.nextUnit() - 1));
        }
    }

    /** Normal with mean 0, by Box and Muller 1958; the same bits on every Java platform. */
    record Normal(double deviation) implements InitialValues {
        public Normal {
            requirePositive("deviation", deviation);
        }

        @Override
        public float next(SplitMix64 random) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextUnit()));
            return (float) (deviation * radius * StrictMath.cos(2 * StrictMath.PI * random.nextUnit()));
        }
    }

    private static void requirePositive(String field, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(field + " must be positive, got " + value);
        }
    }
}
