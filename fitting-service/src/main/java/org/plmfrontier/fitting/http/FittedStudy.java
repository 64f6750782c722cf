package org.plmfrontier.fitting.http;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.Forecasts;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.publication.AnswerView;
import org.plmfrontier.fitting.publication.FamilyView;
import org.plmfrontier.fitting.publication.FitView;
import org.plmfrontier.fitting.publication.ForecastView;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.publication.PlateauView;
import org.plmfrontier.fitting.publication.RecommendationView;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** A fit as requests ask for it: of one family or of all. */
record FittedStudy(StudyFit fit) {
    FrontierView frontier(@Nullable String family, Method method) {
        return family == null ? FrontierView.of(fit, method) : FrontierView.of(fit.study(), named(family), method);
    }

    List<FitView> fits(@Nullable String family, Collection<Method> methods) {
        return family == null ? FitView.of(fit, methods) : FitView.of(named(family), methods, fit.bootstrap());
    }

    List<FamilyView> families() {
        return FamilyView.of(fit);
    }

    List<PlateauView.OfRun> plateau(@Nullable String family) {
        var runs = family == null ? fit.runs() : named(family).runs();
        return runs.values().stream().map(PlateauView.OfRun::of).toList();
    }

    RecommendationView recommendation(@Nullable String family, double budgetFlops) {
        FamilyFit chosen = family == null ? only() : named(family);
        RecommendationView.refusal(chosen, budgetFlops).ifPresent(reason -> {
            throw Refused.tooFar("budgetFlops", reason);
        });
        return RecommendationView.of(fit.study().id(), chosen, budgetFlops);
    }

    ForecastView forecast(Forecasts forecasts, @Nullable String family, double parameters, double tokens) {
        FamilyFit chosen = family == null ? only() : named(family);
        FitOutcome<Forecasts.FamilyForecast> outcome =
                forecasts.of(fit.study().id(), chosen.family(), chosen.data().observations());
        ForecastView.refusal(outcome, parameters, tokens).ifPresent(reason -> {
            throw Refused.tooFar("tokens", reason);
        });
        return ForecastView.of(fit.study().id(), chosen.family(), parameters, tokens, outcome);
    }

    AnswerView answer(Forecasts forecasts, @Nullable String family, @Nullable String budgetFlops) {
        FamilyFit chosen = family == null ? only() : named(family);
        FitOutcome<Forecasts.FamilyForecast> known =
                forecasts.of(fit.study().id(), chosen.family(), chosen.data().observations());
        double budget =
                budgetFlops == null ? AnswerView.usualBudget(known) : Parameters.positive("budgetFlops", budgetFlops);
        AnswerView.refusal(known, budget).ifPresent(reason -> {
            throw Refused.tooFar("budgetFlops", reason);
        });
        return AnswerView.of(fit.study().id(), chosen.family(), budget, known);
    }

    private FamilyFit only() {
        if (fit.families().isEmpty()) {
            throw Refused.conflict("study '" + fit.study().id() + "' has no fit yet");
        }
        return fit.onlyFamily()
                .orElseThrow(() -> Refused.badField(
                        "family", "study '" + fit.study().id() + "' has several families, say which: " + names()));
    }

    private FamilyFit named(String family) {
        return fit.family(family)
                .orElseThrow(() -> Refused.badField(
                        "family",
                        "study '" + fit.study().id() + "' has the families " + names() + ", got '" + family + "'"));
    }

    private String names() {
        return String.join(", ", fit.families().keySet());
    }
}
