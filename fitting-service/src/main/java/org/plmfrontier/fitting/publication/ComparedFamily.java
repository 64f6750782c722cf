package org.plmfrontier.fitting.publication;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.comparison.Measurement;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.Forecasts;
import org.plmfrontier.fitting.live.Forecasts.FamilyForecast;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * One member of a comparison: a family of a study, or a study that has none yet.
 *
 * @param family empty before the first fit
 * @param known what is forecast from; not identifiable where nothing is
 */
public record ComparedFamily(Study study, Optional<FamilyFit> family, FitOutcome<FamilyForecast> known) {
    public ComparedFamily {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(known, "known");
    }

    /** A family with what is forecast from it. */
    public static ComparedFamily of(Study study, FamilyFit family, Forecasts.Known known) {
        return new ComparedFamily(study, Optional.of(family), known.forecast());
    }

    /** A study without a fit. */
    public static ComparedFamily unfitted(Study study) {
        return new ComparedFamily(
                study, Optional.empty(), FitOutcome.notIdentifiable("study '" + study.id() + "' has no fit yet"));
    }

    /** The study, with its family where it has several. */
    String name() {
        return study.families().size() > 1
                ? study.id() + ", " + family.map(FamilyFit::family).orElse("")
                : study.id();
    }

    List<Run> runs() {
        return family.map(fit ->
                        fit.runs().values().stream().map(run -> run.run()).toList())
                .orElse(List.of());
    }

    Optional<Forecaster> forecaster() {
        return known.result().map(FamilyForecast::forecaster);
    }

    /** The largest 6 N D that was trained; empty where nothing is forecast. */
    public OptionalDouble mostComputeFlops() {
        return forecaster()
                .map(found -> OptionalDouble.of(found.mostComputeFlops()))
                .orElse(OptionalDouble.empty());
    }

    Convention convention() {
        return family.map(fit -> fit.data().convention())
                .orElse(study.note().isPresent() ? Convention.IMPORTED : Convention.STUDY);
    }

    /** Of what its losses are. Files tell nothing, whatever they call their groups. */
    Measurement measurement() {
        List<RunSpec> plans =
                runs().stream().flatMap(run -> run.spec().stream()).toList();
        if (plans.isEmpty()) {
            return new Measurement(
                    Measurement.Task.UNKNOWN, new TreeSet<>(), new TreeSet<>(), OptionalDouble.empty(), convention());
        }
        boolean masked = plans.getFirst().shape().family().masked();
        return new Measurement(
                masked ? Measurement.Task.MASKED : Measurement.Task.CAUSAL,
                plans.stream().map(plan -> plan.corpus().evaluatedOn()).collect(Collectors.toCollection(TreeSet::new)),
                plans.stream()
                        .flatMap(plan -> Stream.ofNullable(plan.corpus().heldOut()))
                        .map(HeldOutSet::sha256)
                        .collect(Collectors.toCollection(TreeSet::new)),
                study.references()
                        .map(references -> frequencies(masked, references))
                        .orElse(OptionalDouble.empty()),
                convention());
    }

    private static OptionalDouble frequencies(boolean masked, ReferenceLosses references) {
        MaskedReferences under = references.masked();
        if (!masked) {
            return OptionalDouble.of(references.unigramNats());
        }
        return under == null ? OptionalDouble.empty() : OptionalDouble.of(under.frequenciesNats());
    }
}
