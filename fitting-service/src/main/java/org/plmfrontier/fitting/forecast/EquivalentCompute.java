package org.plmfrontier.fitting.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a worse size costs in compute: the share of a budget at which the best size ends with the same worse loss, so that the rest of
 * the budget is wasted. In a flat basin half or twice the size costs little of it. Remembers losses that were asked for; not
 * thread-safe.
 */
public final class EquivalentCompute {
    /** Budgets below this share are not looked at. */
    private static final double LEAST = 1e-4;

    /** The best size at a smaller budget is looked for so many e-folds to either side of where a square root would have it. */
    private static final double REACH = 1.5;

    private static final int SIZES = 31;
    private static final double STRIDE = 0.25;
    /** A share is found once its loss is met as closely, nats. */
    private static final double MET_NATS = 1e-9;

    private static final int MOST_STEPS = 40;

    private final LossPredictor predictor;
    private final double lnSize;
    private final double lnProduct;
    /** Least losses at budgets that go down by a stride each. */
    private final List<Double> strides = new ArrayList<>();

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
        int tooFar = 1;
        while (afterStrides(tooFar) <= lossNats) {
            if (-STRIDE * tooFar < Math.log(LEAST)) {
                return OptionalDouble.empty();
            }
            tooFar++;
        }
        return OptionalDouble.of(tooFar == 1 && afterStrides(0) >= lossNats ? 1 : Math.exp(shiftOf(lossNats, tooFar)));
    }

    /** Within the stride that ends too far, by the method of false position, the weight of the end that stays halved (Illinois). */
    private double shiftOf(double lossNats, int tooFar) {
        double low = -STRIDE * tooFar;
        double high = low + STRIDE;
        double above = afterStrides(tooFar) - lossNats;
        double below = afterStrides(tooFar - 1) - lossNats;
        double shift = high;
        double off = below;
        for (int i = 0; i < MOST_STEPS && Math.abs(off) > MET_NATS; i++) {
            shift = low + (high - low) * above / (above - below);
            off = best(shift) - lossNats;
            if (off > 0) {
                low = shift;
                above = off;
                below /= 2;
            } else {
                high = shift;
                below = off;
                above /= 2;
            }
        }
        return shift;
    }

    private double afterStrides(int count) {
        while (strides.size() <= count) {
            strides.add(best(-STRIDE * strides.size()));
        }
        return strides.get(count);
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
