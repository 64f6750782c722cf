package org.plmfrontier.fitting.repeated;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.LocalModel;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.optimum.SmoothFunction;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Muennighoff's decays as published, on a given surface without repetition: the robust objective of approach 3 over ln R_D* and
 * ln R_N*, from 64 starts. They often have two basins. {@link RepeatedDataFit} determines the surface as well.
 */
public final class DecaysOnAGivenSurface {
    private static final double[] STARTS = {0.5, 1.5, 4, 8, 15, 30, 80, 200};
    private static final double APART = 0.2;

    private DecaysOnAGivenSurface() {}

    /**
     * The best law found.
     *
     * @param others the other optima within 10 % of the objective in which searches ended, best first
     */
    public record Fit(RepeatedDataLaw law, Convergence convergence, List<RepeatedDataLaw> others) {
        public Fit {
            others = List.copyOf(others);
        }
    }

    /** Share of the variance of the loss that a law explains; the surface without decay if the law is absent. */
    public static double explained(RepeatedData data, HoffmannLaw fresh, Optional<RepeatedDataLaw> law) {
        double mean = 0;
        for (double loss : data.observations().lossNats()) {
            mean += loss / data.observations().size();
        }
        double left = 0;
        double all = 0;
        for (int i = 0; i < data.observations().size(); i++) {
            double loss = data.observations().lossNats()[i];
            double n = data.observations().parameters()[i];
            double d = data.observations().tokens()[i];
            int row = i;
            double expected = law.map(l -> data.lossAt(l, row)).orElseGet(() -> fresh.lossAt(n, d));
            left += (loss - expected) * (loss - expected);
            all += (loss - mean) * (loss - mean);
        }
        return 1 - left / all;
    }

    /** Fits; not identifiable without repetition in the data or with a decay that runs away. */
    public static FitOutcome<Fit> fit(RepeatedData data, HoffmannLaw fresh, double delta) {
        if (!data.isRepeated()) {
            return FitOutcome.notIdentifiable("no run repeats its data, so nothing tells what repetition is worth");
        }
        SmoothFunction objective = new DecayObjective(data, fresh, delta);
        List<Minimum> ends = new ArrayList<>();
        DampedNewton search = new DampedNewton(1e-6, 500);
        for (double d : STARTS) {
            for (double n : STARTS) {
                ends.add(search.minimise(objective, new double[] {Math.log(d), Math.log(n)}));
            }
        }
        ends.sort(Comparator.comparingDouble(Minimum::value));
        Minimum best = ends.get(0);
        if (Math.max(best.point()[0], best.point()[1]) > Math.log(RepeatedData.LARGEST)) {
            return FitOutcome.notIdentifiable("a decay runs away: the data are fitted as well without it");
        }
        return FitOutcome.fitted(result(data, fresh, delta, ends));
    }

    private static Fit result(RepeatedData data, HoffmannLaw fresh, double delta, List<Minimum> ends) {
        Minimum best = ends.get(0);
        RepeatedDataLaw law = law(fresh, best.point());
        long near = ends.stream()
                .filter(m -> m.value() <= RobustFit.NEAR * best.value() && !apart(m, best))
                .count();
        List<Minimum> others = new ArrayList<>();
        for (Minimum end : ends) {
            boolean rival = end.converged() && end.value() <= RobustFit.RIVAL * best.value();
            if (rival && apart(end, best) && others.stream().allMatch(other -> apart(end, other))) {
                others.add(end);
            }
        }
        return new Fit(
                law,
                new Convergence(
                        data.objective(law, delta),
                        best.gradientNorm(),
                        best.iterations(),
                        ends.size(),
                        (double) near / ends.size()),
                others.stream().map(m -> law(fresh, m.point())).toList());
    }

    private static boolean apart(Minimum one, Minimum other) {
        return Math.abs(one.point()[0] - other.point()[0]) > APART
                || Math.abs(one.point()[1] - other.point()[1]) > APART;
    }

    private static RepeatedDataLaw law(HoffmannLaw fresh, double[] lnDecays) {
        return new RepeatedDataLaw(fresh, Math.exp(lnDecays[0]), Math.exp(lnDecays[1]));
    }

    /** The scaled objective over ln R_D*, ln R_N*, curvature by Gauss and Newton. */
    private record DecayObjective(RepeatedData data, HoffmannLaw fresh, double delta) implements SmoothFunction {
        private static final double STEP = 1e-5;
        /** Decays beyond e^14 change no loss any more. */
        private static final double FURTHEST_LN = 14;

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public void evaluate(double[] point, LocalModel into) {
            into.clear();
            if (Math.max(Math.abs(point[0]), Math.abs(point[1])) > FURTHEST_LN) {
                into.value = Double.POSITIVE_INFINITY;
                return;
            }
            RepeatedDataLaw here = law(fresh, point);
            RepeatedDataLaw[] moved = {
                law(fresh, new double[] {point[0] + STEP, point[1]}),
                law(fresh, new double[] {point[0], point[1] + STEP})
            };
            double[] g = new double[2];
            int n = data.observations().size();
            for (int i = 0; i < n; i++) {
                double loss = data.lossAt(here, i);
                double r = Math.log(data.observations().lossNats()[i] / loss);
                double size = Math.abs(r);
                boolean inside = size <= delta;
                into.value += inside ? 0.5 * r * r : delta * (size - 0.5 * delta);
                for (int j = 0; j < 2; j++) {
                    g[j] = Math.log(data.lossAt(moved[j], i) / loss) / STEP;
                    into.gradient[j] -= (inside ? r : Math.copySign(delta, r)) * g[j];
                }
                double bound = inside ? 1 : delta / size;
                into.majorant[0] += bound * g[0] * g[0];
                into.majorant[1] += bound * g[1] * g[0];
                into.majorant[2] += bound * g[1] * g[1];
            }
            System.arraycopy(into.majorant, 0, into.hessian, 0, 3);
            into.scale(1 / (n * delta * delta));
        }
    }
}
