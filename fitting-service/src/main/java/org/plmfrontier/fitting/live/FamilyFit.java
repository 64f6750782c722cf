package org.plmfrontier.fitting.live;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.LossLaws;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.MethodFrontiers;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.envelope.EnvelopePoint;
import org.plmfrontier.fitting.frontier.Consensus;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.Influence;
import org.plmfrontier.fitting.plateau.PlateauCosts;
import org.plmfrontier.fitting.plateau.PooledPlateau;
import org.plmfrontier.fitting.plateau.RunVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.ImportNote;

/**
 * Everything that is computed from the runs of one family of a study, and from no others. Immutable.
 *
 * @param runs by run id, smallest model first
 * @param data what the methods were given
 * @param envelope approach 1
 * @param frontier the frontier along the envelope, at round budgets
 * @param surfaces approaches 2 and 3 and Kaplan's form
 * @param laws how the loss falls with size, with compute and, where data were repeated, with repetition
 * @param pooled whether the losses of all runs together have stopped falling
 * @param influence what approach 3 would say without each run, most moving first
 */
public record FamilyFit(
        String family,
        Map<String, RunFit> runs,
        StudyData data,
        FitOutcome<EnvelopeFrontier> envelope,
        FitOutcome<Frontier> frontier,
        Map<Method, FitOutcome<MethodFit>> surfaces,
        Map<Method, FitOutcome<MethodFit>> laws,
        PooledPlateau pooled,
        FitOutcome<List<Influence>> influence) {
    /** Leaving out each of more runs in turn would take longer than all else together. */
    private static final int MOST_LEFT_OUT = 64;

    private static final List<Method> SURFACES = List.of(Method.A2, Method.A3, Method.KAPLAN);

    public FamilyFit {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(frontier, "frontier");
        Objects.requireNonNull(pooled, "pooled");
        Objects.requireNonNull(influence, "influence");
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
        surfaces = Collections.unmodifiableMap(new LinkedHashMap<>(surfaces));
        laws = Collections.unmodifiableMap(new LinkedHashMap<>(laws));
    }

    static FamilyFit of(String family, Collection<RunFit> runs, Optional<ImportNote> note, FitSettings settings) {
        StudyData data = FamilyData.of(runs, note);
        FitOutcome<EnvelopeFrontier> envelope = Approach1.fit(data.curves(), settings.bootstrap());
        FitOutcome<Frontier> frontier = envelope.flatMap(found -> EnvelopeBudgets.frontier(found, data.convention()));
        Map<String, RunFit> byId = new LinkedHashMap<>();
        runs.forEach(run -> byId.put(run.run().runId(), run));
        return new FamilyFit(
                family,
                byId,
                data,
                envelope,
                frontier,
                surfaces(data, settings.bootstrap()),
                laws(data, envelope, settings.bootstrap()),
                pooled(runs),
                influence(data));
    }

    private static Map<Method, FitOutcome<MethodFit>> surfaces(StudyData data, Bootstrap bootstrap) {
        Map<Method, FitOutcome<MethodFit>> surfaces = new LinkedHashMap<>();
        SURFACES.forEach(method -> surfaces.put(method, guarded(method, () -> Analyses.fit(data, method, bootstrap))));
        return surfaces;
    }

    private static Map<Method, FitOutcome<MethodFit>> laws(
            StudyData data, FitOutcome<EnvelopeFrontier> envelope, Bootstrap bootstrap) {
        Map<Method, FitOutcome<MethodFit>> laws = new LinkedHashMap<>();
        laws.put(Method.LN, guarded(Method.LN, () -> LossLaws.ofSize(data, bootstrap)));
        laws.put(Method.LC, guarded(Method.LC, () -> LossLaws.ofCompute(data, envelope)));
        if (data.repeated().isRepeated()) {
            laws.put(Method.REPEATED, guarded(Method.REPEATED, () -> LossLaws.ofRepetition(data, bootstrap)));
        }
        return laws;
    }

    /** Data on which a method computes an impossible number leave the other methods their answers. */
    private static FitOutcome<MethodFit> guarded(Method method, Supplier<FitOutcome<MethodFit>> fit) {
        Cancellation.check();
        try {
            return fit.get().flatMap(Analyses::withWidth);
        } catch (IllegalArgumentException impossible) {
            return FitOutcome.notConverged(method.label() + " broke off on these data: " + impossible.getMessage());
        }
    }

    /** The lowest smoothed loss at each compute, whether or not laws lead through it. */
    public List<EnvelopePoint> envelopePoints() {
        return envelope.result().map(EnvelopeFrontier::points).orElseGet(() -> Approach1.envelope(data.curves()));
    }

    private static PooledPlateau pooled(Collection<RunFit> runs) {
        return Frequencies.beside(
                PooledPlateau.of(verdicts(runs)), runs.stream().map(RunFit::run).toList());
    }

    private static List<RunVerdict> verdicts(Collection<RunFit> runs) {
        return runs.stream()
                .map(fit -> new RunVerdict(fit.run().runId(), fit.run().parameters(), fit.verdict()))
                .toList();
    }

    /** FLOPs to the plateau over N, for 90, 95 and 100 % of the way. */
    public FitOutcome<List<PlateauCosts>> plateauCosts() {
        return PlateauCosts.of(verdicts(runs.values()));
    }

    private static FitOutcome<List<Influence>> influence(StudyData data) {
        Cancellation.check();
        long runs = Arrays.stream(data.observations().run()).distinct().count();
        return runs > MOST_LEFT_OUT
                ? FitOutcome.notIdentifiable(
                        "runs are left out one by one for at most " + MOST_LEFT_OUT + " runs, there are " + runs)
                : Influence.of(Approach3.hoffmann(), data.observations());
    }

    /** All methods as functions of the budget, by name. */
    public Map<String, FitOutcome<FrontierAt>> frontiers() {
        Map<String, FitOutcome<FrontierAt>> frontiers = new LinkedHashMap<>();
        frontiers.put(Method.A1.label(), envelope.map(MethodFrontiers::of));
        surfaces.forEach((method, outcome) -> frontiers.put(
                method.label(),
                outcome.flatMap(fit -> fit.frontier()
                        .map(FitOutcome::fitted)
                        .orElseGet(() -> FitOutcome.notIdentifiable(method.label() + " gives no frontier")))));
        return frontiers;
    }

    /** What all methods say of a budget, side by side and together. */
    public Consensus at(double budgetFlops) {
        return Consensus.at(budgetFlops, frontiers());
    }

    /** FLOPs that the methods which answer were fitted on; empty where none does. */
    public Optional<Domain> observed() {
        return frontiers().values().stream()
                .flatMap(outcome -> outcome.result().stream())
                .map(FrontierAt::observed)
                .reduce(Domain::union);
    }

    /** Whether these are the very runs that were fitted. */
    @SuppressWarnings("ReferenceEquality")
    boolean stillHolds(Collection<RunFit> now) {
        return now.size() == runs.size()
                && now.stream().allMatch(run -> runs.get(run.run().runId()) == run);
    }

    /**
     * The answer of approach 2, approach 3, Kaplan's form or a law of the loss alone.
     *
     * @throws IllegalArgumentException for another method
     */
    public FitOutcome<MethodFit> surface(Method method) {
        FitOutcome<MethodFit> outcome = surfaces.containsKey(method) ? surfaces.get(method) : laws.get(method);
        if (outcome == null) {
            throw new IllegalArgumentException(method.label() + " is no fit to final losses");
        }
        return outcome;
    }

    /** Curve points and final points that entered. */
    public long eventsSeen() {
        return runs.values().stream()
                .map(run -> run.run().curve())
                .mapToLong(curve -> curve.size() + curve.finals().size())
                .sum();
    }
}
