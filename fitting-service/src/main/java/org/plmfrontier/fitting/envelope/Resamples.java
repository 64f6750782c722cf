package org.plmfrontier.fitting.envelope;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.quantity.Estimate;

/** The resampled fits behind the intervals. */
record Resamples(List<Resample> fits, double level) {

    /** One resample's fit. */
    record Resample(EnvelopeLaws laws) {}

    Estimate estimate(double value, ToDoubleFunction<Resample> quantity) {
        throw new UnsupportedOperationException("interval of " + value + " from " + fits.size() + quantity);
    }
}
