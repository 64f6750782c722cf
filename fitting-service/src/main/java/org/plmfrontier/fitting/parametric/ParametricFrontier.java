package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/** A fitted loss surface with intervals of everything that is read off it, along C = 6 N D. Immutable. */
public final class ParametricFrontier {
    /** How far outside the observed compute the surface is quoted; further out no data speaks for it. */
    public static final double FURTHEST = TriedRange.FURTHEST_COMPUTE;
    /** How far outside the sizes and tokens tried an optimum within the observed compute is quoted. */
    public static final double FURTHEST_SIZE = TriedRange.FURTHEST_SIZE;
    /** An interval of a that is wider says nothing about how to spend compute. */
    public static final double WIDEST_A = 0.6;

    private static final double LOWEST_FLOOR = 0.05;

    private final LossForm form;
    private final RobustFit fit;
    private final SurfaceResamples resamples;
    private final Bootstrap bootstrap;
    private final TriedRange tried;
    private final int used;

    ParametricFrontier(
            LossForm form, Observations observations, RobustFit fit, SurfaceResamples resamples, Bootstrap bootstrap) {
        this.form = form;
        this.fit = fit;
        this.resamples = resamples;
        this.bootstrap = bootstrap;
        this.used = observations.size();
        this.tried = TriedRange.of(observations);
    }

    /** The point estimate. */
    public RobustFit fit() {
        return fit;
    }

    /** Final losses used. */
    public int used() {
        return used;
    }

    /** Least 6 N D of the final losses. */
    public double minFlops() {
        return tried.minFlops();
    }

    /** Largest 6 N D of the final losses. */
    public double maxFlops() {
        return tried.maxFlops();
    }

    /** How the intervals were made; its seed reproduces them. */
    public Bootstrap bootstrap() {
        return bootstrap;
    }

    /** Interval of any property of the surface by the bootstrap over runs. */
    public Estimate estimate(ToDoubleFunction<LossSurface> quantity) {
        return resamples.estimate(quantity.applyAsDouble(fit.surface()), quantity);
    }

    /** The same where every resample gives a number, else empty: ends at infinity are no ends. */
    public Optional<Estimate> finite(ToDoubleFunction<LossSurface> quantity) {
        return resamples.surfaces().stream().mapToDouble(quantity).allMatch(Double::isFinite)
                ? Optional.of(estimate(quantity))
                : Optional.empty();
    }

    /**
     * Exponent of N_opt ~ C^a; not identifiable where its interval is wider than {@value #WIDEST_A}, or where the optima lie
     * beyond {@value #FURTHEST_SIZE} times the sizes or tokens tried throughout the observed compute.
     */
    public FitOutcome<Estimate> a() {
        return tried.without(fit.surface())
                .<FitOutcome<Estimate>>map(FitOutcome::notIdentifiable)
                .orElseGet(() -> notTooWide(estimate(LossSurface::a)));
    }

    /** Exponent of D_opt ~ C^b. */
    public FitOutcome<Estimate> b() {
        return a().map(a -> new Estimate(1 - a.value(), 1 - a.high(), 1 - a.low(), a.level()));
    }

    /** N_opt at the budget. */
    public FitOutcome<Estimate> parametersAt(double computeFlops) {
        return within(computeFlops, surface -> surface.parametersAt(computeFlops));
    }

    /** D_opt at the budget. */
    public FitOutcome<Estimate> tokensAt(double computeFlops) {
        return within(computeFlops, surface -> surface.optimum(computeFlops).tokens());
    }

    /** D_opt over N_opt at the budget. */
    public FitOutcome<Estimate> tokensPerParameterAt(double computeFlops) {
        return within(
                computeFlops, surface -> surface.optimum(computeFlops).tokens() / surface.parametersAt(computeFlops));
    }

    /** Loss of the best model for the budget, nats. */
    public FitOutcome<Estimate> lossAt(double computeFlops) {
        return within(computeFlops, surface -> surface.optimum(computeFlops).lossNats());
    }

    /** What a reader must know. */
    public List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        fit.second()
                .ifPresent(second -> flags.add(flag(
                        "SECOND_BASIN",
                        "another optimum with a = %.3f has an objective only %.1f %% higher than that of a = %.3f",
                        second.surface().a(),
                        100 * (second.objectiveRatio() - 1),
                        fit.surface().a())));
        if (fit.convergence().shareAtBest() < 0.5) {
            flags.add(flag(
                    "FEW_STARTS_AT_BEST",
                    "%.0f %% of %d starts reached the best optimum",
                    100 * fit.convergence().shareAtBest(),
                    fit.convergence().starts()));
        }
        if (resamples.runs() < used) {
            flags.add(flag(
                    "SEVERAL_LOSSES_PER_RUN",
                    "%d losses come from %d runs, so intervals resample whole runs",
                    used,
                    resamples.runs()));
        }
        if (resamples.surfaces().size() < resamples.tried()) {
            flags.add(flag(
                    "RESAMPLES_LEFT_OUT",
                    "%d of %d resamples determined no surface and count as infinitely wide",
                    resamples.tried() - resamples.surfaces().size(),
                    resamples.tried()));
        }
        tried.flag(fit.surface()).ifPresent(flags::add);
        fit.surface()
                .irreducibleNats()
                .filter(floor -> floor < LOWEST_FLOOR)
                .ifPresent(floor ->
                        flags.add(flag("NO_FLOOR", "the irreducible loss E = %.2g is not told from zero", floor)));
        flags.addAll(form.flags(this::estimate));
        return List.copyOf(flags);
    }

    private FitOutcome<Estimate> within(double computeFlops, ToDoubleFunction<LossSurface> quantity) {
        return tried.refusal(fit.surface(), computeFlops)
                .<FitOutcome<Estimate>>map(FitOutcome::notIdentifiable)
                .orElseGet(() -> FitOutcome.fitted(estimate(quantity)));
    }

    private static FitOutcome<Estimate> notTooWide(Estimate exponent) {
        return exponent.width() <= WIDEST_A
                ? FitOutcome.fitted(exponent)
                : FitOutcome.notIdentifiable(String.format(
                        Locale.ROOT,
                        "the %.0f %% interval of the exponent reaches from %.2f to %.2f, so the data do not determine it",
                        100 * exponent.level(),
                        exponent.low(),
                        exponent.high()));
    }

    private static Flag flag(String code, String sentence, Object... figures) {
        return new Flag(code, String.format(Locale.ROOT, sentence, figures));
    }
}
