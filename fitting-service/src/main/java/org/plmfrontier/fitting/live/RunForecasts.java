package org.plmfrontier.fitting.live;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.analysis.CurveStudy;
import org.plmfrontier.fitting.forecast.Forecast;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;

/**
 * The losses that unfinished runs will end with, from the final losses of their family and from where the runs themselves are by
 * now ({@link PrefixLosses}), so that an interval narrows as its run trains. All runs of a family share a forecaster, which is made
 * when somebody asks and at most twice a minute. Thread-safe; one is made at a time.
 */
public final class RunForecasts {
    private static final int KEPT = 32;

    private static final int MOST_PREFIXES = 60;
    private static final long LEAST_AGE_NANOS = 30_000_000_000L;

    private final LongSupplier nanos;
    private final Map<Key, Made> made = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Key(String study, String family) {}

    /** A forecaster, what it was made of, and when. */
    private record Made(Observations finals, Observations prefixes, FitOutcome<Forecaster> forecaster, long at) {
        boolean holds(Observations otherFinals, Observations otherPrefixes, long now) {
            return forecaster.result().isPresent() && now - at < LEAST_AGE_NANOS
                    || same(finals, otherFinals) && same(prefixes, otherPrefixes);
        }

        private static boolean same(Observations one, Observations other) {
            return Arrays.equals(one.parameters(), other.parameters())
                    && Arrays.equals(one.tokens(), other.tokens())
                    && Arrays.equals(one.lossNats(), other.lossNats());
        }
    }

    /** What one run will end with, or why that is not known. */
    public record OfRun(Run run, FitOutcome<Forecast> forecast) {}

    /** @param nanos time from any fixed moment, nanoseconds */
    public RunForecasts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** One per run of the family that is planned or trains; imported and stopped runs are at their ends. */
    public List<OfRun> of(String study, FamilyFit family) {
        List<Run> unfinished = family.runs().values().stream()
                .map(RunFit::run)
                .filter(run -> run.state() == RunState.PLANNED || run.state() == RunState.TRAINING)
                .toList();
        if (unfinished.isEmpty()) {
            return List.of();
        }
        FitOutcome<Forecaster> forecaster = forecaster(study, family);
        return unfinished.stream()
                .map(run -> new OfRun(run, forecaster.flatMap(known -> forecast(run, known))))
                .toList();
    }

    private static FitOutcome<Forecast> forecast(Run run, Forecaster forecaster) {
        Optional<Double> epochs =
                run.spec().map(plan -> run.budgetTokens() / plan.corpus().tokens());
        if (epochs.isPresent() && epochs.get() > CurveStudy.MOST_EPOCHS) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "the run ends after %.3g epochs, and nothing is forecast of data that are repeated more than %.0f times",
                    epochs.get(),
                    CurveStudy.MOST_EPOCHS));
        }
        Forecast forecast = forecaster.at(run.parameters(), run.budgetTokens());
        return forecast.beyond() > Forecaster.FURTHEST
                ? FitOutcome.notIdentifiable(String.format(
                        Locale.ROOT,
                        "the run ends %.3g times beyond the largest 6 N D that was trained; at most %.0f times are forecast",
                        forecast.beyond(),
                        Forecaster.FURTHEST))
                : FitOutcome.fitted(forecast);
    }

    private synchronized FitOutcome<Forecaster> forecaster(String study, FamilyFit family) {
        Key key = new Key(study, family.family());
        Observations finals = family.data().observations();
        Observations prefixes = PrefixLosses.of(family.runs().values());
        long now = nanos.getAsLong();
        @Nullable Made known = made.get(key);
        if (known == null || !known.holds(finals, prefixes, now)) {
            known = new Made(finals, prefixes, make(finals, prefixes), now);
            made.put(key, known);
            if (made.size() > KEPT) {
                made.remove(made.keySet().iterator().next());
            }
        }
        return known.forecaster();
    }

    private static FitOutcome<Forecaster> make(Observations finals, Observations prefixes) {
        int count = finals.size() + prefixes.size();
        if (count < Forecaster.FEWEST) {
            return FitOutcome.notIdentifiable("a forecast needs at least " + Forecaster.FEWEST
                    + " losses of ended budgets and of runs on their way, there are " + count);
        }
        Losses onTheWay = losses(prefixes).thinned(MOST_PREFIXES);
        return FitOutcome.fitted(Forecaster.of(
                losses(finals).thinned(Forecaster.MOST - onTheWay.size()).and(onTheWay)));
    }

    private static Losses losses(Observations from) {
        return Losses.of(from.parameters(), from.tokens(), from.lossNats());
    }
}
