package org.plmfrontier.fitting.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Forecasters of the families that were asked for last, each made once per fit: that takes some tenths of a second, and nobody
 * may ask. Thread-safe; one is made at a time.
 */
public final class Forecasts {
    private static final int KEPT = 32;

    private final Map<Key, Made> made = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Key(String study, String family) {}

    /** What was made from the data of a fit. */
    private record Made(StudyData data, FitOutcome<FamilyForecast> forecast) {}

    /**
     * What is forecast from.
     *
     * @param losses how many there are
     * @param backtest how forecasts from less of the same losses would have done
     */
    public record FamilyForecast(Forecaster forecaster, Backtest backtest, int losses) {}

    /** The forecaster of a family; not identifiable where there are too few final losses. */
    @SuppressWarnings("ReferenceEquality")
    public synchronized FitOutcome<FamilyForecast> of(String study, FamilyFit family) {
        Key key = new Key(study, family.family());
        @Nullable Made known = made.get(key);
        if (known == null || known.data() != family.data()) {
            known = new Made(family.data(), make(family.data().observations()));
            made.put(key, known);
            if (made.size() > KEPT) {
                made.remove(made.keySet().iterator().next());
            }
        }
        return known.forecast();
    }

    private static FitOutcome<FamilyForecast> make(Observations finals) {
        int count = finals.parameters().length;
        if (count < Forecaster.FEWEST) {
            return FitOutcome.notIdentifiable("a forecast needs at least " + Forecaster.FEWEST
                    + " final losses, there are " + count + ": more sizes or budgets");
        }
        Losses losses = Losses.of(finals.parameters(), finals.tokens(), finals.lossNats());
        return FitOutcome.fitted(new FamilyForecast(Forecaster.of(losses), Backtest.of(losses), count));
    }
}
