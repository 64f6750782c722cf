package org.plmfrontier.fitting.prediction;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Study;

/**
 * One forecaster for all runs of a family, made from the family's known losses and kept while these are the same. It depends on
 * the losses alone, so keeping it changes no prediction. Not thread-safe.
 */
public final class FamilyForecasters {
    private static final int KEPT = 8;

    private final Map<Key, Known> made = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Key(String study, String family) {}

    /** What is known of a family, and the forecaster made of it. */
    record Known(KnownLosses losses, FitOutcome<Forecaster> forecaster) {}

    Known of(Study study, String family) {
        Key key = new Key(study.id(), family);
        KnownLosses losses = KnownLosses.of(study, family);
        Known before = made.get(key);
        if (before != null && before.losses().equals(losses)) {
            return before;
        }
        Known known = new Known(losses, make(losses));
        made.put(key, known);
        if (made.size() > KEPT) {
            made.remove(made.keySet().iterator().next());
        }
        return known;
    }

    private static FitOutcome<Forecaster> make(KnownLosses losses) {
        if (losses.size() < Forecaster.FEWEST) {
            return FitOutcome.notIdentifiable("a forecast needs at least " + Forecaster.FEWEST
                    + " final losses, there are " + losses.size() + " so far");
        }
        try {
            return FitOutcome.fitted(Forecaster.of(Losses.of(losses.parameters(), losses.tokens(), losses.lossNats())
                    .thinned(Forecaster.MOST)));
        } catch (RuntimeException e) {
            return FitOutcome.notConverged("the forecaster broke off: " + e.getMessage());
        }
    }
}
