package org.plmfrontier.fitting.publication;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.usefulness.LossToMetric;
import org.plmfrontier.fitting.usefulness.MeasuredState;
import org.plmfrontier.fitting.usefulness.MetricVerdict;

/**
 * Whether the loss determines metrics, reckoned once for the same states: a verdict depends on nothing else. Those that were asked
 * for last are kept. Thread-safe; two that ask for the same at once may both reckon it.
 */
public final class Verdicts {
    static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 1);

    private final Map<Key, FitOutcome<MetricVerdict>> kept;

    private record Key(List<MeasuredState> states, boolean higherIsBetter) {}

    /** @param most how many are kept */
    public Verdicts(int most) {
        this.kept = new LinkedHashMap<>(16, 0.75F, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, FitOutcome<MetricVerdict>> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * The verdict on a metric.
     *
     * @param states in the order of the view
     */
    FitOutcome<MetricVerdict> of(List<MeasuredState> states, boolean higherIsBetter) {
        Key key = new Key(List.copyOf(states), higherIsBetter);
        synchronized (kept) {
            FitOutcome<MetricVerdict> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        FitOutcome<MetricVerdict> fresh = LossToMetric.of(states, higherIsBetter, BOOTSTRAP);
        synchronized (kept) {
            kept.put(key, fresh);
        }
        return fresh;
    }
}
