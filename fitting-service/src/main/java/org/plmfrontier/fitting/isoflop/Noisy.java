package org.plmfrontier.fitting.isoflop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.StudentScale;

/**
 * All parabolas once more with other errors of the losses: one normal number per run, which all budgets share in which the run
 * stands, since a run that is better than its size deserves is so at every budget. A budget whose parabola the noise turns over is missing from
 * the resample, as such a budget would be missing from a study.
 *
 * @param profiles in the order of the original ones, empty where turned over
 */
record Noisy(List<Optional<FittedProfile>> profiles, VertexLaws laws) {

    /**
     * One resample.
     *
     * @param noiseNats standard deviation of a run's loss
     * @param freedom degrees of freedom from which that is known
     */
    static Optional<Noisy> draw(List<FittedProfile> fitted, double noiseNats, int freedom, SplittableRandom random) {
        double scale = noiseNats * StudentScale.draw(freedom, random);
        Map<String, Double> errors = new HashMap<>();
        List<Optional<FittedProfile>> noisy = new ArrayList<>();
        for (FittedProfile profile : fitted) {
            noisy.add(profile.perturbed(run -> errors.computeIfAbsent(run, r -> scale * random.nextGaussian()))
                    .result());
        }
        return VertexLaws.through(noisy.stream().flatMap(Optional::stream).toList())
                .result()
                .map(laws -> new Noisy(noisy, laws));
    }

    /** Vertices; where more resamples turn one over than the interval may leave out, it reaches over all that are left. */
    static List<Vertex> vertices(List<FittedProfile> fitted, List<Noisy> noisy, Bootstrap bootstrap) {
        List<Vertex> vertices = new ArrayList<>();
        for (int i = 0; i < fitted.size(); i++) {
            FittedProfile original = fitted.get(i);
            List<FittedProfile> own = new ArrayList<>();
            for (Noisy resample : noisy) {
                resample.profiles().get(i).ifPresent(own::add);
            }
            vertices.add(new Vertex(
                    original.budgetFlops(),
                    estimate(
                            original, own, bootstrap, p -> Math.exp(p.parabola().lnVertex())),
                    estimate(original, own, bootstrap, p -> Math.exp(p.lnTokensAtVertex())),
                    estimate(original, own, bootstrap, p -> p.parabola().bottom())));
        }
        return vertices;
    }

    private static Estimate estimate(
            FittedProfile original,
            List<FittedProfile> noisy,
            Bootstrap bootstrap,
            ToDoubleFunction<FittedProfile> quantity) {
        double[] values =
                noisy.stream().mapToDouble(quantity).filter(Double::isFinite).toArray();
        return PercentileInterval.of(
                quantity.applyAsDouble(original), values, bootstrap.resamples(), bootstrap.level());
    }
}
