package org.plmfrontier.fitting.isoflop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.DrawnShare;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;

/**
 * Approach 2 (Hoffmann et al. 2022, section 3.2): at each budget a parabola of the loss over ln N, and power laws through the
 * vertices by least squares in logarithms. Intervals propagate the scatter of the losses around the parabolas, run by run. Immutable.
 *
 * @param window only models within this factor of the best model's N enter a parabola: far wings are not parabolic and pull
 *     the vertex; infinite for all models
 * @param leastNoiseNats noise that is propagated even if the parabolas fit better than that
 */
public record Approach2(double window, double leastNoiseNats) {
    /** A noise that was given is taken as known. */
    private static final int GIVEN = 1000;

    public Approach2 {
        if (!(window > 1)) {
            throw new IllegalArgumentException("window must exceed 1, got " + window);
        }
        if (!(leastNoiseNats >= 0) || Double.isInfinite(leastNoiseNats)) {
            throw new IllegalArgumentException("leastNoiseNats must be finite and not negative, got " + leastNoiseNats);
        }
    }

    /** All models within a factor 8 of the best, and the scatter alone. */
    public static Approach2 usual() {
        return new Approach2(8, 0);
    }

    /**
     * The same where the losses are known to be uncertain by at least so much.
     *
     * @param nats standard deviation of a loss
     */
    public Approach2 withNoiseOfAtLeast(double nats) {
        return new Approach2(window, Math.max(leastNoiseNats, nats));
    }

    /**
     * Fits; not identifiable with fewer than two vertices within the sizes tried, and where nothing tells how uncertain the
     * losses are: with three sizes at each budget and no noise given.
     */
    public FitOutcome<IsoFlopFrontier> fit(List<IsoFlopProfile> profiles, Bootstrap bootstrap) {
        if (profiles.isEmpty()) {
            return FitOutcome.notIdentifiable(
                    "no compute was spent on three sizes alike: parabolas need at least three sizes"
                            + " at each of two budgets, as final losses or as curves that overlap");
        }
        List<FittedProfile> fitted = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (IsoFlopProfile profile : profiles) {
            switch (FittedProfile.of(profile.within(window))) {
                case FitOutcome.Fitted<FittedProfile> vertex -> fitted.add(vertex.value());
                case FitOutcome.NotIdentifiable<FittedProfile> refusal -> leftOut.add(refusal.reason());
                case FitOutcome.NotConverged<FittedProfile> failure -> leftOut.add(failure.reason());
            }
        }
        fitted.sort((one, other) -> Double.compare(one.budgetFlops(), other.budgetFlops()));
        if (fitted.size() < 2) {
            return FitOutcome.notIdentifiable("a power law needs the vertices of two budgets, there are "
                    + fitted.size() + (leftOut.isEmpty() ? "" : "; first budget left out: " + leftOut.get(0)));
        }
        return VertexLaws.through(fitted).flatMap(laws -> answer(fitted, laws, leftOut, bootstrap));
    }

    private FitOutcome<IsoFlopFrontier> answer(
            List<FittedProfile> fitted, VertexLaws laws, List<String> leftOut, Bootstrap bootstrap) {
        int freedom = fitted.stream().mapToInt(FittedProfile::degreesOfFreedom).sum();
        if (freedom == 0 && leastNoiseNats == 0) {
            return FitOutcome.notIdentifiable(
                    "three sizes fix each parabola, so nothing tells how far its vertex can be trusted");
        }
        double noise = Math.max(leastNoiseNats, freedom == 0 ? 0 : scatter(fitted, freedom));
        int trusted = freedom == 0 ? GIVEN : independent(fitted, freedom);
        List<Noisy> noisy = new ArrayList<>();
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.PARABOLA, fitted.size());
        for (int k = 0; k < bootstrap.resamples(); k++) {
            Noisy.draw(fitted, noise, trusted, sampler.generator(k)).ifPresent(noisy::add);
        }
        DrawnShare share = new DrawnShare(noisy.size(), bootstrap.resamples());
        if (!share.bounds(bootstrap.level())) {
            String scatter = String.format(Locale.ROOT, "%.2g", noise);
            return FitOutcome.notIdentifiable(share.reason(
                    bootstrap.level(), "with the scatter of " + scatter + " nats leave fewer than two vertices"));
        }
        double[] a = noisy.stream()
                .mapToDouble(n -> n.laws().parameters().exponent())
                .toArray();
        double[] b =
                noisy.stream().mapToDouble(n -> n.laws().tokens().exponent()).toArray();
        return FitOutcome.fitted(new IsoFlopFrontier(
                Noisy.vertices(fitted, noisy, bootstrap),
                new IsoFlopFrontier.Laws(
                        laws,
                        interval(laws.parameters().exponent(), a, bootstrap),
                        interval(laws.tokens().exponent(), b, bootstrap)),
                new IsoFlopFrontier.Noise(noise, noisy.stream().map(Noisy::laws).toList()),
                leftOut,
                IsoFlopFlags.of(fitted, leftOut.size()),
                bootstrap));
    }

    private static Estimate interval(double value, double[] resampled, Bootstrap bootstrap) {
        return PercentileInterval.of(value, resampled, bootstrap.resamples(), bootstrap.level());
    }

    /** Degrees of freedom of so many runs: the losses of one run at several budgets count once. */
    private static int independent(List<FittedProfile> fitted, int freedom) {
        long runs =
                fitted.stream().flatMap(f -> Arrays.stream(f.run())).distinct().count();
        long points = fitted.stream().mapToLong(f -> f.run().length).sum();
        return Math.max(1, Math.toIntExact(freedom * runs / points));
    }

    /** Pooled standard deviation around the parabolas. */
    private static double scatter(List<FittedProfile> fitted, int freedom) {
        return Math.sqrt(
                fitted.stream().mapToDouble(f -> f.parabola().residualSquares()).sum() / freedom);
    }
}
