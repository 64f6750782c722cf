package org.plmfrontier.fitting.live;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.StudyAnalysis;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.envelope.EnvelopePoint;
import org.plmfrontier.fitting.frontier.Consensus;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.Influence;
import org.plmfrontier.fitting.plateau.PlateauCosts;
import org.plmfrontier.fitting.plateau.PooledPlateau;
import org.plmfrontier.fitting.plateau.RunVerdict;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.ImportNote;

/**
 * Everything that is computed from the runs of one family of a study, and from no others. Immutable.
 *
 * @param runs by run id, smallest model first
 * @param data what the methods were given
 * @param answers of the methods
 * @param pooled whether the losses of all runs together have stopped falling
 * @param influence what approach 3 would say without each run, most moving first
 */
public record FamilyFit(
        String family,
        Map<String, RunFit> runs,
        StudyData data,
        MethodAnswers answers,
        PooledPlateau pooled,
        FitOutcome<List<Influence>> influence) {
    /** Leaving out each of more runs in turn would take longer than all else together. */
    private static final int MOST_LEFT_OUT = 64;

    private static final int MOST_EPOCHS = 4;

    public FamilyFit {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(answers, "answers");
        Objects.requireNonNull(pooled, "pooled");
        Objects.requireNonNull(influence, "influence");
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    /**
     * Tokens of {@value #MOST_EPOCHS} epochs of the largest corpus that a run is of; infinite where no corpus is known. Up to there
     * repeated tokens are nearly as good as fresh ones (Muennighoff et al. 2023).
     */
    public double mostTokens() {
        return runs.values().stream()
                .flatMap(fit -> fit.run().spec().stream())
                .mapToDouble(spec -> MOST_EPOCHS * (double) spec.corpus().tokens())
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    static FamilyFit of(String family, Collection<RunFit> runs, Optional<ImportNote> note, FitSettings settings) {
        StudyData data = FamilyData.of(runs, note);
        Map<String, RunFit> byId = new LinkedHashMap<>();
        runs.forEach(run -> byId.put(run.run().runId(), run));
        StudyAnalysis analysis = new StudyAnalysis(
                data, settings.bootstrap(), curve -> known(byId, curve).verdict());
        return new FamilyFit(family, byId, data, MethodAnswers.of(data, analysis), pooled(runs), influence(data));
    }

    private static RunFit known(Map<String, RunFit> runs, SmoothedCurve curve) {
        return Objects.requireNonNull(runs.get(curve.run().runId()), "a curve of no run");
    }

    /** Approach 1, which is drawn. */
    public FitOutcome<EnvelopeFrontier> envelope() {
        return answers.envelope();
    }

    /** The answers by method; every method that has anything to say of the data. */
    public Map<Method, FitOutcome<MethodFit>> fits() {
        return answers.fits();
    }

    /**
     * A method's answer.
     *
     * @throws IllegalArgumentException for a method that was not asked
     */
    public FitOutcome<MethodFit> fit(Method method) {
        FitOutcome<MethodFit> outcome = fits().get(method);
        if (outcome == null) {
            throw new IllegalArgumentException(method.label() + " is not computed for studies");
        }
        return outcome;
    }

    /** The lowest smoothed loss at each compute, whether or not laws lead through it. */
    public List<EnvelopePoint> envelopePoints() {
        return envelope().result().map(EnvelopeFrontier::points).orElseGet(() -> Approach1.envelope(data.curves()));
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
        return Analyses.frontiers(fits());
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

    /** Curve points and final points that entered. */
    public long eventsSeen() {
        return runs.values().stream()
                .map(run -> run.run().curve())
                .mapToLong(curve -> curve.size() + curve.finals().size())
                .sum();
    }
}
