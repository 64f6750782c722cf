package org.plmfrontier.fitting.prediction;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.forecast.Forecast;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.prediction.LossForecast.Outcome;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * Which runs are due for a prediction, and what it is: functions of one state of a study, so the same from the service's memory
 * and from the log. Numbers that are computed have six significant digits, since exp and log may differ in the last bit
 * between kinds of processors.
 */
public final class Predictions {
    private static final MathContext DIGITS = new MathContext(6);

    private Predictions() {}

    /** The key under which a run would be predicted now. */
    public static Prediction.Key key(Run run) {
        return new Prediction.Key(run.runId(), stage(run).percent(), run.budgetTokens());
    }

    /**
     * Runs whose present stage is not sealed and whose outcome does not exist; those that are over without one are never
     * predicted. A study from a file has none, since no log says when its losses came to be.
     */
    public static List<Run> due(Study study, Predicate<Prediction.Key> sealed) {
        if (study.note().isPresent()) {
            return List.of();
        }
        return study.knownRuns().stream()
                .filter(Predictions::isOpen)
                .filter(run -> !sealed.test(key(run)))
                .toList();
    }

    /** Whether the final loss of a run may still come and is not there. */
    public static boolean isOpen(Run run) {
        return run.spec().isPresent()
                && !run.state().isFinal()
                && outcome(run, run.budgetTokens()).isEmpty();
    }

    /** The held-out loss at the end of a budget, nats per residue. */
    public static Optional<Double> outcome(Run run, double budgetTokens) {
        return run.curve().finals().stream()
                .filter(point -> point.budgetTokens() == budgetTokens)
                .map(FinalPoint::lossNats)
                .findFirst();
    }

    static Stage stage(Run run) {
        return Stage.at(share(run));
    }

    private static double share(Run run) {
        return rounded(run.computeFlops() / run.expectedFlops());
    }

    /** The prediction of a run of the study as both stand. */
    public static Prediction of(Study study, Run run, FamilyForecasters forecasters) {
        return PredictionBuilder.builder()
                .studyId(study.id())
                .runId(run.runId())
                .family(run.family())
                .stagePercent(stage(run).percent())
                .planned(PlannedBudget.of(run))
                .computeShare(share(run))
                .forecast(forecast(run, forecasters.of(study, run.family())))
                .build();
    }

    private static LossForecast forecast(Run run, FamilyForecasters.Known known) {
        int losses = known.losses().size();
        FitOutcome<Forecast> forecast = run.budgetTokens() > KnownLosses.mostTokens(run)
                ? FitOutcome.notIdentifiable("the run goes beyond four epochs, of which a forecast knows nothing")
                : known.forecaster().flatMap(forecaster -> at(run, forecaster));
        return switch (forecast) {
            case FitOutcome.Fitted<Forecast> fitted ->
                new LossForecast(Outcome.FITTED, null, estimate(fitted.value()), losses);
            case FitOutcome.NotIdentifiable<Forecast> refusal ->
                new LossForecast(Outcome.NOT_IDENTIFIABLE, refusal.reason(), null, losses);
            case FitOutcome.NotConverged<Forecast> failure ->
                new LossForecast(Outcome.NOT_CONVERGED, failure.reason(), null, losses);
        };
    }

    private static FitOutcome<Forecast> at(Run run, Forecaster forecaster) {
        try {
            Forecast forecast = forecaster.at(run.parameters(), run.budgetTokens());
            return forecast.beyond() > Forecaster.FURTHEST
                    ? FitOutcome.notIdentifiable(
                            "6 N D is " + rounded(forecast.beyond()) + " times the largest that was trained; at most "
                                    + Forecaster.FURTHEST + " times are forecast")
                    : FitOutcome.fitted(forecast);
        } catch (IllegalArgumentException e) {
            return FitOutcome.notConverged("the forecaster broke off: " + e.getMessage());
        }
    }

    private static Estimate estimate(Forecast forecast) {
        return new Estimate(
                rounded(forecast.lossNats()), rounded(forecast.low()), rounded(forecast.high()), Forecaster.LEVEL);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
