package org.plmfrontier.fitting.http;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.live.Decisions;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.Forecasts;
import org.plmfrontier.fitting.live.RunForecasts;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.publication.AnswerView;
import org.plmfrontier.fitting.publication.BacktestView;
import org.plmfrontier.fitting.publication.ComparedFamily;
import org.plmfrontier.fitting.publication.EffectiveComputeView;
import org.plmfrontier.fitting.publication.ForecastView;
import org.plmfrontier.fitting.publication.RunForecastView;

/** Forecasts from the latest fits; requests and reports share them, since each takes up to two seconds. Thread-safe. */
@Singleton
public final class StudyForecasts {
    private final Forecasts forecasts = new Forecasts(System::nanoTime);
    private final Decisions decisions = new Decisions();
    private final RunForecasts runs = new RunForecasts(System::nanoTime);

    StudyForecasts() {}

    ForecastView forecast(StudyFit fit, FamilyFit family, double parameters, double tokens) {
        Forecasts.Known known = known(fit, family);
        ForecastView.refusal(known.forecast(), parameters, tokens).ifPresent(reason -> {
            throw Refused.tooFar("tokens", reason);
        });
        return ForecastView.of(fit.study().id(), family.family(), parameters, tokens, known);
    }

    /**
     * The answer for a budget.
     *
     * @param budgetFlops the usual one where it is empty
     */
    AnswerView answer(StudyFit fit, FamilyFit family, OptionalDouble budgetFlops) {
        Forecasts.Known known = known(fit, family);
        double budget = budgetFlops.orElseGet(() -> AnswerView.usualBudget(known.forecast()));
        AnswerView.refusal(known.forecast(), budget).ifPresent(reason -> {
            throw Refused.tooFar("budgetFlops", reason);
        });
        return AnswerView.of(fit.study().id(), family, budget, known, decisions);
    }

    /** The answers for the usual budgets, family by family. */
    List<AnswerView> answers(StudyFit fit) {
        return fit.families().values().stream()
                .map(family -> answer(fit, family, OptionalDouble.empty()))
                .toList();
    }

    /**
     * What another study is worth in compute of the first.
     *
     * @param budgetFlops of the other one; all that it was trained with where it is empty
     */
    EffectiveComputeView compare(
            StudyFit fit, FamilyFit family, StudyFit otherFit, FamilyFit otherFamily, OptionalDouble budgetFlops) {
        Forecasts.Known others = known(otherFit, otherFamily);
        double budget = budgetFlops.orElseGet(() -> EffectiveComputeView.usualBudget(others));
        AnswerView.refusal(others.forecast(), budget).ifPresent(reason -> {
            throw Refused.tooFar("budgetFlops", reason);
        });
        return EffectiveComputeView.of(
                new EffectiveComputeView.Side(fit.study().id(), family.family()),
                known(fit, family),
                new EffectiveComputeView.Side(otherFit.study().id(), otherFamily.family()),
                others,
                budget);
    }

    /** A member of a comparison, with what is forecast from it. */
    ComparedFamily member(StudyFit fit, FamilyFit family) {
        return ComparedFamily.of(fit.study(), family, known(fit, family));
    }

    BacktestView.OfFamily backtest(StudyFit fit, FamilyFit family) {
        return BacktestView.OfFamily.of(
                fit.study().id(), family, known(fit, family).forecast());
    }

    List<BacktestView.OfFamily> backtests(StudyFit fit) {
        return fit.families().values().stream()
                .map(family -> backtest(fit, family))
                .toList();
    }

    /** One per unfinished run. */
    List<RunForecastView> ofRuns(StudyFit fit) {
        return fit.families().values().stream()
                .flatMap(family -> runs.of(fit.study().id(), family).stream())
                .map(RunForecastView::of)
                .toList();
    }

    private Forecasts.Known known(StudyFit fit, FamilyFit family) {
        boolean over = family.runs().values().stream()
                .map(run -> run.run().state())
                .noneMatch(state -> state == RunState.PLANNED || state == RunState.TRAINING);
        return forecasts.look(fit.study().id(), family.family(), family.data().observations(), over);
    }
}
