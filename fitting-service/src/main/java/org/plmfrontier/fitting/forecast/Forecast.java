package org.plmfrontier.fitting.forecast;

/**
 * A loss that is not known yet, nats; low and high hold it with a probability of {@value Forecaster#LEVEL}.
 *
 * @param lossNats median
 * @param beyond its compute over the most of the losses that it is forecast from
 */
public record Forecast(double lossNats, double low, double high, double beyond) {
    public Forecast {
        if (!(low > 0 && low <= lossNats && lossNats <= high)) {
            throw new IllegalArgumentException("forecast of " + lossNats + " nats from " + low + " to " + high);
        }
    }

    static Forecast of(double lnLoss, double half, double lnBeyond) {
        return new Forecast(Math.exp(lnLoss), Math.exp(lnLoss - half), Math.exp(lnLoss + half), Math.exp(lnBeyond));
    }

    public boolean covers(double loss) {
        return low <= loss && loss <= high;
    }
}
