package org.plmfrontier.fitting.forecast;

import java.util.OptionalDouble;

/**
 * What a worse size costs in compute: the share of a budget at which the best size ends with the same worse loss, so that the rest of
 * the budget is wasted. In a flat basin half or twice the size costs little of it.
 */
public final class EquivalentCompute {
    /** Budgets below this share are not looked at. */
    private static final double LEAST = 1e-4;

    /** The best size at a smaller budget is looked for so many e-folds to either side of where a square root would have it. */
    private static final double REACH = 1.5;

    private static final int SIZES = 31;
    private static final double STRIDE = 0.25;
    private static final int HALVINGS = 24;

    private final LossPredictor predictor;
    private final double lnSize;
    private final double lnProduct;

    /**
     * The budget of a best size.
     *
     * @param predictor that found it
     */
    public EquivalentCompute(LossPredictor predictor, BestSize best) {
        this.predictor = predictor;
        this.lnSize = Math.log(best.parameters().value());
        this.lnProduct = lnSize + Math.log(best.tokens().value());
    }

    /**
     * The share of the budget, above 0 and at most 1, with which the best size ends with a loss.
     *
     * @param lossNats 1 is answered where it is no worse than the best
     * @return empty where less than a ten-thousandth of the budget would do
     */
    public OptionalDouble shareFor(double lossNats) {
        double enough = 0;
        double tooLittle = -STRIDE;
        while (best(tooLittle) <= lossNats) {
            enough = tooLittle;
            tooLittle -= STRIDE;
            if (enough < Math.log(LEAST)) {
                return OptionalDouble.empty();
            }
        }
        if (enough == 0 && best(0) >= lossNats) {
            return OptionalDouble.of(1);
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (enough + tooLittle) / 2;
            if (best(middle) <= lossNats) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return OptionalDouble.of(Math.exp(enough));
    }

    /** The least loss at a budget of e^shift times the one known, at the vertex of the parabola through the best of some sizes. */
    private double best(double shift) {
        double[] loss = new double[SIZES];
        int least = 0;
        for (int i = 0; i < SIZES; i++) {
            double ln = lnSize + shift / 2 + REACH * (2.0 * i / (SIZES - 1) - 1);
            loss[i] =
                    predictor.at(Math.exp(ln), Math.exp(lnProduct + shift - ln)).lossNats();
            least = loss[i] < loss[least] ? i : least;
        }
        if (least == 0 || least == SIZES - 1) {
            return loss[least];
        }
        double slope = (loss[least + 1] - loss[least - 1]) / 2;
        double bend = loss[least + 1] - 2 * loss[least] + loss[least - 1];
        return bend > 0 ? loss[least] - slope * slope / (2 * bend) : loss[least];
    }
}
