package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;

/**
 * Minimises the Huber objective from several starts. With a small delta the objective is nearly a sum of absolute values, so
 * each search first descends at a delta of {@value #WIDEST}, where it is nearly quadratic, and then follows the minimum
 * down to the delta asked for. Starts that meet at the wide delta go on as one. For one thread.
 */
final class MultiStart {
    private static final double WIDEST = 1e-2;
    private static final double NARROWING = 0.3;
    /** Points closer than this in every parameter, of a value within a thousandth, have met. */
    private static final double MET = 0.02;

    private static final DampedNewton APPROACH = new DampedNewton(0.05, 40, 0.01);
    private static final DampedNewton ROUGH = new DampedNewton(0.05, 40);
    private static final DampedNewton FOLLOW = new DampedNewton(0.05, 15);

    private final RobustObjective objective;
    private final double delta;
    private final DampedNewton last;

    /**
     * A search.
     *
     * @param objective at any delta
     * @param delta in the end
     * @param last how exactly the minimum is wanted
     */
    MultiStart(RobustObjective objective, double delta, DampedNewton last) {
        this.objective = objective;
        this.delta = delta;
        this.last = last;
    }

    /**
     * Where searches ended.
     *
     * @param starts number of starts that ended there
     */
    record Basin(Minimum minimum, int starts) {}

    /** The ends of the searches from all starts, best first. */
    List<Basin> search(List<double[]> starts) {
        double wide = Math.max(delta, WIDEST);
        objective.setDelta(wide);
        List<Minimum> met = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (double[] start : starts) {
            Minimum end = approached(start);
            int known = indexOf(met, end);
            if (known < 0) {
                end = ROUGH.minimise(objective, end.point());
                known = indexOf(met, end);
            }
            if (known < 0) {
                met.add(end);
                counts.add(1);
            } else {
                counts.set(known, counts.get(known) + 1);
            }
        }
        List<Basin> basins = new ArrayList<>();
        for (int i = 0; i < met.size(); i++) {
            basins.add(new Basin(follow(met.get(i).point(), wide), counts.get(i)));
        }
        basins.sort(Comparator.comparingDouble(basin -> basin.minimum().value()));
        return basins;
    }

    private Minimum approached(double[] start) {
        objective.setProjecting(true);
        Minimum near = APPROACH.minimise(objective, start);
        objective.setProjecting(false);
        return near;
    }

    private Minimum follow(double[] from, double wide) {
        double[] point = from;
        for (double narrower = NARROWING * wide; narrower > 1.2 * delta; narrower *= NARROWING) {
            objective.setDelta(narrower);
            point = FOLLOW.minimise(objective, point).point();
        }
        objective.setDelta(delta);
        return last.minimise(objective, point);
    }

    private static int indexOf(List<Minimum> met, Minimum end) {
        for (int i = 0; i < met.size(); i++) {
            if (Math.abs(met.get(i).value() - end.value()) <= 1e-3 * end.value() && close(met.get(i), end)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean close(Minimum one, Minimum other) {
        for (int i = 0; i < one.point().length; i++) {
            if (Math.abs(one.point()[i] - other.point()[i]) > MET) {
                return false;
            }
        }
        return true;
    }
}
