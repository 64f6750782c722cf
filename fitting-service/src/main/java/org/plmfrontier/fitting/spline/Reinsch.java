package org.plmfrontier.fitting.spline;

/**
 * Reinsch's algorithm: with Q the second differences and R the Gram matrix of the hat functions, solve
 * {@code (R + lambda Q' W^-1 Q) gamma = Q' y}, then {@code g = y - lambda W^-1 Q gamma} (Green and Silverman 1994, section
 * 2.3.3; with weights section 3.5).
 */
final class Reinsch {
    private Reinsch() {}

    static SmoothingSpline solve(Knots knots, double lambda) {
        if (!(lambda >= 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException("lambda must be finite and not negative, got " + lambda);
        }
        double[][] penalty = penaltyBands(knots);
        Pentadiagonal system = system(knots, penalty, lambda);
        double[] gamma = system.solve(secondDifferences(knots));
        double[] value = fittedValues(knots, gamma, lambda);
        double[] curvature = new double[knots.size()];
        System.arraycopy(gamma, 0, curvature, 1, gamma.length);
        double trace = knots.size() - lambda * trace(system.inverseBands(), penalty);
        return SmoothingSpline.of(knots, value, curvature, lambda, trace);
    }

    /** Bands of Q' W^-1 Q: diagonal, first, second, each [n - 2]. */
    private static double[][] penaltyBands(Knots knots) {
        int inner = knots.size() - 2;
        double[][] bands = new double[3][inner];
        for (int j = 0; j < inner; j++) {
            for (int other = j; other < Math.min(inner, j + 3); other++) {
                for (int i = other; i <= j + 2; i++) {
                    bands[other - j][j] += q(knots, i, j) * q(knots, i, other) / knots.weight()[i];
                }
            }
        }
        return bands;
    }

    /** Entry of Q at knot i for inner knot j + 1; zero outside the three of its stencil. */
    private static double q(Knots knots, int i, int j) {
        return switch (i - j) {
            case 0 -> 1 / knots.gap(j);
            case 1 -> -1 / knots.gap(j) - 1 / knots.gap(j + 1);
            case 2 -> 1 / knots.gap(j + 1);
            default -> 0;
        };
    }

    private static Pentadiagonal system(Knots knots, double[][] penalty, double lambda) {
        int inner = knots.size() - 2;
        double[] diagonal = new double[inner];
        double[] first = new double[inner];
        double[] second = new double[inner];
        for (int j = 0; j < inner; j++) {
            diagonal[j] = (knots.gap(j) + knots.gap(j + 1)) / 3 + lambda * penalty[0][j];
            first[j] = knots.gap(j + 1) / 6 + lambda * penalty[1][j];
            second[j] = lambda * penalty[2][j];
        }
        return Pentadiagonal.factor(diagonal, first, second);
    }

    private static double[] secondDifferences(Knots knots) {
        double[] differences = new double[knots.size() - 2];
        double[] y = knots.y();
        for (int j = 0; j < differences.length; j++) {
            differences[j] = (y[j + 2] - y[j + 1]) / knots.gap(j + 1) - (y[j + 1] - y[j]) / knots.gap(j);
        }
        return differences;
    }

    private static double[] fittedValues(Knots knots, double[] gamma, double lambda) {
        double[] value = knots.y().clone();
        for (int j = 0; j < gamma.length; j++) {
            for (int i = j; i <= j + 2; i++) {
                value[i] -= lambda * q(knots, i, j) * gamma[j] / knots.weight()[i];
            }
        }
        return value;
    }

    private static double trace(double[][] inverse, double[][] penalty) {
        double trace = 0;
        for (int j = 0; j < inverse[0].length; j++) {
            trace +=
                    inverse[0][j] * penalty[0][j] + 2 * (inverse[1][j] * penalty[1][j] + inverse[2][j] * penalty[2][j]);
        }
        return trace;
    }
}
