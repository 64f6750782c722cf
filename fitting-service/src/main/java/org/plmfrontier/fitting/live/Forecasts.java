package org.plmfrontier.fitting.live;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.forecast.PlainIntervals;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Forecasters of the families that were asked for last. One takes some tenths of a second to about two seconds, and nobody may
 * ask, so each is made when it is asked for, from at most {@value Forecaster#MOST} losses, and not again before its losses have changed and
 * some time has passed: during training they change with every fit. Thread-safe; one is made at a time.
 */
public final class Forecasts {
    private static final int KEPT = 32;

    private static final long LEAST_AGE_NANOS = 30_000_000_000L;

    private final LongSupplier nanos;

    private final Map<Key, Made> made = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Key(String study, String family) {}

    /** What was made of losses, and when. */
    private record Made(Observations finals, FitOutcome<FamilyForecast> forecast, long at) {
        boolean isOf(Observations others) {
            return Arrays.equals(finals.parameters(), others.parameters())
                    && Arrays.equals(finals.tokens(), others.tokens())
                    && Arrays.equals(finals.lossNats(), others.lossNats());
        }

        /** Whether it is young enough to stand for later losses. */
        boolean holds(long now) {
            return forecast.result().isPresent() && now - at < LEAST_AGE_NANOS;
        }
    }

    /** @param nanos time from any fixed moment, nanoseconds */
    public Forecasts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * What is forecast from.
     *
     * @param losses how many it rests on
     * @param backtest how forecasts from less of the same losses would have done
     * @param plain the same of intervals that take Hoffmann's law for true
     */
    public record FamilyForecast(Forecaster forecaster, Backtest backtest, List<Backtest.Row> plain, int losses) {
        public FamilyForecast {
            plain = List.copyOf(plain);
        }
    }

    /**
     * What is forecast from by now.
     *
     * @param age since it was made
     * @param current whether it was made from the very losses that were asked about
     */
    public record Known(FitOutcome<FamilyForecast> forecast, Duration age, boolean current) {}

    /**
     * The forecaster of a family; not identifiable where there are too few final losses.
     *
     * @param finals of the family, as its latest fit has them
     */
    public FitOutcome<FamilyForecast> of(String study, String family, Observations finals) {
        return look(study, family, finals, false).forecast();
    }

    /**
     * The same with its age.
     *
     * @param over whether no further losses will come, so that those that there are get a forecaster of their own at once
     */
    public synchronized Known look(String study, String family, Observations finals, boolean over) {
        Key key = new Key(study, family);
        long now = nanos.getAsLong();
        @Nullable Made known = made.get(key);
        if (known == null || !known.isOf(finals) && (over || !known.holds(now))) {
            known = new Made(finals, make(finals), now);
            made.put(key, known);
            if (made.size() > KEPT) {
                made.remove(made.keySet().iterator().next());
            }
        }
        return new Known(known.forecast(), Duration.ofNanos(now - known.at()), known.isOf(finals));
    }

    private static FitOutcome<FamilyForecast> make(Observations finals) {
        int count = finals.parameters().length;
        if (count < Forecaster.FEWEST) {
            return FitOutcome.notIdentifiable("a forecast needs at least " + Forecaster.FEWEST
                    + " final losses, there are " + count + ": more sizes or budgets");
        }
        Losses losses = Losses.of(finals.parameters(), finals.tokens(), finals.lossNats())
                .thinned(Forecaster.MOST);
        return FitOutcome.fitted(new FamilyForecast(
                Forecaster.of(losses),
                Backtest.of(losses),
                Backtest.of(losses, PlainIntervals::of).rows(),
                losses.size()));
    }
}
