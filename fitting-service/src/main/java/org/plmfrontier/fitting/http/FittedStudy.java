package org.plmfrontier.fitting.http;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.publication.FamilyView;
import org.plmfrontier.fitting.publication.FitView;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.publication.PaperView;
import org.plmfrontier.fitting.publication.PlateauView;
import org.plmfrontier.fitting.publication.RecommendationView;

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

    List<PaperView> papers() {
        return PaperView.of(fit);
    }

    List<PlateauView.OfRun> plateau(@Nullable String family) {
        var runs = family == null ? fit.runs() : named(family).runs();
        return runs.values().stream().map(PlateauView.OfRun::of).toList();
    }

    RecommendationView recommendation(@Nullable String family, double budgetFlops) {
        FamilyFit chosen = chosen(family);
        RecommendationView.refusal(chosen, budgetFlops).ifPresent(reason -> {
            throw Refused.tooFar("budgetFlops", reason);
        });
        return RecommendationView.of(fit.study().id(), chosen, budgetFlops);
    }

    /** The family that is asked for, or the only one. */
    FamilyFit chosen(@Nullable String family) {
        return family == null ? only() : named(family);
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
