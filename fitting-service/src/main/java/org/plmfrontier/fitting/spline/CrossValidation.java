package org.plmfrontier.fitting.spline;

/** Choice of the stiffness by generalised cross-validation: a coarse grid in log lambda, then golden section. */
final class CrossValidation {
    private static final double INFLATION = 1.4;
    private static final int GRID = 25;
    private static final double LOWEST_LN = Math.log(1e-9);
    private static final double HIGHEST_LN = Math.log(1e3);
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);
    private static final double TOLERANCE = 0.02;

    private CrossValidation() {}

    static SmoothingSpline best(Knots knots) {
        double unit = Math.log(scale(knots));
        double gap = (HIGHEST_LN - LOWEST_LN) / (GRID - 1);
        double best = HIGHEST_LN;
        double bestScore = Double.POSITIVE_INFINITY;
        for (int i = GRID - 1; i >= 0; i--) {
            double score = score(knots, unit + LOWEST_LN + i * gap);
            if (score < bestScore) {
                bestScore = score;
                best = LOWEST_LN + i * gap;
            }
        }
        return Reinsch.solve(knots, Math.exp(refine(knots, unit + best - gap, unit + best + gap)));
    }

    /** The lambda at which fit and bend weigh about alike for a curve that bends once over the span. */
    private static double scale(Knots knots) {
        double sum = 0;
        for (double weight : knots.weight()) {
            sum += weight;
        }
        double span = knots.x()[knots.size() - 1] - knots.x()[0];
        return sum * span * span * span;
    }

    private static double refine(Knots knots, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftScore = score(knots, left);
        double rightScore = score(knots, right);
        while (high - low > TOLERANCE) {
            if (leftScore <= rightScore) {
                high = right;
                right = left;
                rightScore = leftScore;
                left = high - GOLDEN * (high - low);
                leftScore = score(knots, left);
            } else {
                low = left;
                left = right;
                leftScore = rightScore;
                right = low + GOLDEN * (high - low);
                rightScore = score(knots, right);
            }
        }
        return 0.5 * (low + high);
    }

    private static double score(Knots knots, double lnLambda) {
        SmoothingSpline spline = Reinsch.solve(knots, Math.exp(lnLambda));
        double free = 1 - INFLATION * spline.effectiveParameters() / knots.size();
        return free > 0 ? spline.residualSquares() / (free * free) : Double.POSITIVE_INFINITY;
    }
}
