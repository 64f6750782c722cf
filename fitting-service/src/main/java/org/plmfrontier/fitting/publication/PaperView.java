package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.fitting.catalog.PublishedPaper;
import org.plmfrontier.fitting.catalog.PublishedResult;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.plateau.PlateauCosts;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;

/**
 * A published study beside one family of a study.
 *
 * @param paper its short name
 * @param title authors, year and title of the paper
 * @param rows its figures in its order
 * @param caveats what is known to contradict it, a sentence each
 */
public record PaperView(String paper, String title, String family, List<Row> rows, List<String> caveats) {
    private static final int RESIDUES = 325;
    private static final int MOST_SHAPES = 12;

    /**
     * A published figure beside the study's own.
     *
     * @param place where it stands in the paper
     * @param quantity what the figure is of
     * @param published as it is printed
     * @param here the study's own with its interval; null where it is none or no number
     * @param words the study's own where it is no number; null where it is one
     * @param reason why the study has none; null where it has one
     */
    public record Row(
            String place,
            String quantity,
            String published,
            @Nullable Estimate here,
            @Nullable String words,
            @Nullable String reason) {}

    /** What figures are read from, computed once for all of them. */
    private record Sources(FamilyFit family, List<FitView> fits, FitOutcome<List<PlateauCosts>> costs, double level) {
        static Sources of(FamilyFit family, StudyFit fit) {
            return new Sources(
                    family,
                    FitView.ofLaws(family, fit.bootstrap()),
                    family.plateauCosts(),
                    fit.bootstrap().level());
        }

        Optional<FitView> fit(String method) {
            return fits.stream().filter(one -> one.method().equals(method)).findFirst();
        }
    }

    private sealed interface Found {}

    private record Number(Estimate value) implements Found {}

    private record Words(String words) implements Found {}

    private record None(String reason) implements Found {}

    /** The papers about models that learn what a family's learn, family by family. */
    public static List<PaperView> of(StudyFit fit) {
        List<PaperView> views = new ArrayList<>();
        for (FamilyFit family : fit.families().values()) {
            Sources sources = Sources.of(family, fit);
            for (PublishedPaper paper : PublishedPaper.of(objective(family.family()))) {
                views.add(new PaperView(
                        paper.name(),
                        paper.title(),
                        family.family(),
                        paper.results().stream()
                                .map(result -> row(result, beside(result.beside(), sources)))
                                .toList(),
                        paper.caveats()));
            }
        }
        return views;
    }

    /** What the families of files learn is not known: they are taken for masked, as the paper of the project is. */
    private static PublishedPaper.Objective objective(String name) {
        boolean causal =
                Stream.of(Family.values()).anyMatch(family -> family.name().equals(name) && !family.masked());
        return causal ? PublishedPaper.Objective.CAUSAL : PublishedPaper.Objective.MASKED;
    }

    private static Row row(PublishedResult result, Found found) {
        Estimate here = found instanceof Number number ? number.value() : null;
        String words = found instanceof Words said ? said.words() : null;
        String reason = found instanceof None none ? none.reason() : null;
        return new Row(result.place(), result.quantity(), result.published(), here, words, reason);
    }

    private static Found beside(PublishedResult.Quantity quantity, Sources sources) {
        FamilyFit family = sources.family();
        double level = sources.level();
        return switch (quantity) {
            case PublishedResult.SizeExponent exponent ->
                ofFit(sources.fit(exponent.method()), view -> Optional.ofNullable(view.exponentOfSize()));
            case PublishedResult.TokensExponent exponent ->
                ofFit(sources.fit(exponent.method()), view -> Optional.ofNullable(view.exponentOfTokens()));
            case PublishedResult.Coefficient coefficient -> coefficient(coefficient, sources.fit(coefficient.method()));
            case PublishedResult.PlateauLevel ignored -> plateau(family);
            case PublishedResult.PlateauLine line ->
                costs(
                        sources,
                        line.share(),
                        costs -> FitOutcome.fitted(costs.line().coefficient(line.power(), level)));
            case PublishedResult.PlateauSize size ->
                costs(sources, 1, costs -> costs.sizeFor(size.budgetFlops(), level));
            case PublishedResult.HeldOutPerplexity ignored -> perplexity(family);
            case PublishedResult.TokenBudgets ignored -> ofPlans(family, PaperView::budgets);
            case PublishedResult.Shapes ignored -> ofPlans(family, PaperView::shapes);
            case PublishedResult.CountedParameters ignored ->
                new Words(
                        ofTable4(shape -> text("%.4gM", ParameterCount.of(shape).table6() / 1e6)));
            case PublishedResult.CountedFlops ignored -> new Words(ofTable4(PaperView::flopsRatio));
        };
    }

    private static Found ofFit(Optional<FitView> view, Function<FitView, Optional<Estimate>> value) {
        if (view.isEmpty()) {
            return new None("the losses do not suit this method");
        }
        return value.apply(view.get())
                .<Found>map(Number::new)
                .orElseGet(() ->
                        new None(Objects.requireNonNullElse(view.get().status().reason(), "the fit does not give it")));
    }

    private static Found coefficient(PublishedResult.Coefficient wanted, Optional<FitView> view) {
        FitAnswer answer = view.map(FitView::answer).orElse(null);
        if (answer == null) {
            return new None(view.map(one -> one.status().reason()).orElse("the losses do not suit this method"));
        }
        Map<String, Estimate> estimates = answer.law().estimates();
        Estimate estimate = estimates == null ? null : estimates.get(wanted.name());
        if (estimate != null && !wanted.isLn()) {
            return new Number(estimate);
        }
        Double value = answer.law().coefficients().get(wanted.name());
        if (value == null) {
            return new None("the fit does not give it");
        }
        String number = wanted.isLn() ? ofLn(value) : text("%.4g", value);
        return new Words(
                estimate == null
                        ? number + ", without an interval"
                        : number + " [" + ofLn(estimate.low()) + ", " + ofLn(estimate.high()) + "]");
    }

    /** A number by its logarithm, which may be too large for one. */
    private static String ofLn(double ln) {
        double decades = ln / Math.log(10);
        long whole = (long) Math.floor(decades);
        return text("%.3ge%d", Math.pow(10, decades - whole), whole);
    }

    private static Found plateau(FamilyFit family) {
        return family.pooled().verdict() instanceof PlateauVerdict.Plateau plateau
                ? new Number(plateau.lInf())
                : new None(PlateauView.of(family.pooled().verdict()).reason());
    }

    private static Found costs(Sources sources, double share, Function<PlateauCosts, FitOutcome<Estimate>> value) {
        FitOutcome<Estimate> outcome = sources.costs()
                .flatMap(all -> value.apply(all.stream()
                        .filter(costs -> costs.share() == share)
                        .findFirst()
                        .orElseThrow()));
        return outcome.result()
                .<Found>map(Number::new)
                .orElseGet(() ->
                        new None(Objects.requireNonNullElse(Outcomes.reason(outcome), "the fit does not give it")));
    }

    private static Found perplexity(FamilyFit family) {
        record End(String run, double lossNats) {}
        return family.runs().values().stream()
                .map(fit -> fit.run())
                .flatMap(run -> run.curve().finals().stream().map(end -> new End(run.name(), end.lossNats())))
                .min((one, other) -> Double.compare(one.lossNats(), other.lossNats()))
                .<Found>map(best ->
                        new Words(text("%.2f (%s, %.3f nats)", Math.exp(best.lossNats()), best.run(), best.lossNats())))
                .orElseGet(() -> new None("no budget has ended yet"));
    }

    private static Found ofPlans(FamilyFit family, Function<List<RunSpec>, String> words) {
        List<RunSpec> plans = family.runs().values().stream()
                .map(fit -> fit.run())
                .map(Run::spec)
                .flatMap(Optional::stream)
                .toList();
        return plans.isEmpty() ? new None("a file does not say it") : new Words(words.apply(plans));
    }

    private static String budgets(List<RunSpec> plans) {
        TreeSet<Double> tokens = plans.stream()
                .flatMap(plan -> plan.budgets().stream().map(RunSpec.Budget::tokens))
                .collect(Collectors.toCollection(TreeSet::new));
        return tokens.size() <= MOST_SHAPES
                ? tokens.stream().map(value -> text("%.4g", value)).collect(Collectors.joining(", "))
                : text("%d from %.3g to %.3g", tokens.size(), tokens.first(), tokens.last());
    }

    private static String shapes(List<RunSpec> plans) {
        List<String> sizes = plans.stream()
                .map(RunSpec::shape)
                .distinct()
                .map(shape -> text("%.3g", (double) ParameterCount.of(shape).exact()))
                .toList();
        return sizes.size() <= MOST_SHAPES
                ? String.join(", ", sizes) + " parameters"
                : text("%d from %s to %s parameters", sizes.size(), sizes.getFirst(), sizes.getLast());
    }

    private static String ofTable4(Function<ModelShape, String> words) {
        return Table4.byName().values().stream().map(words).collect(Collectors.joining(", "));
    }

    private static String flopsRatio(ModelShape shape) {
        double training = FlopCount.TRAINING_OVER_FORWARD
                * (double) FlopCount.forward(shape, RESIDUES).total();
        return text("%.2f", training / FlopCount.sixNd(shape, RESIDUES));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
