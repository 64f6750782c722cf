package org.plmfrontier.fitting.study;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;

/**
 * The known points around a step of a run: within a run tokens and FLOPs only grow.
 *
 * @param before the last known point of an earlier step
 * @param same the point known for the very step
 * @param after the first known point of a later step
 */
record Neighbours(
        @Nullable CurvePoint before,
        @Nullable CurvePoint same,
        @Nullable CurvePoint after) {

    /** Looks among the points of the curve and those of the batch that is being added. */
    static Neighbours of(RunCurve curve, NavigableMap<Long, CurvePoint> batch, long step) {
        List<CurvePoint> points = curve.points();
        int from = firstNotBefore(points, step);
        boolean found = from < points.size() && points.get(from).step() == step;
        CurvePoint before = from == 0 ? null : points.get(from - 1);
        int next = found ? from + 1 : from;
        CurvePoint after = next == points.size() ? null : points.get(next);
        CurvePoint known = batch.get(step);
        return new Neighbours(
                later(before, value(batch.lowerEntry(step))),
                found ? points.get(from) : known,
                earlier(after, value(batch.higherEntry(step))));
    }

    /**
     * Checks a point against its neighbours.
     *
     * @throws IllegalArgumentException where tokens or FLOPs go back, or the step is known with other values
     */
    void require(String runId, CurvePoint point) {
        if (same != null && !same.equals(point)) {
            throw new IllegalArgumentException(
                    "step " + point.step() + " of run " + runId + " is known with other values: " + same);
        }
        if (before != null) {
            requireAscending(runId, before, point);
        }
        if (after != null) {
            requireAscending(runId, point, after);
        }
    }

    private static void requireAscending(String runId, CurvePoint early, CurvePoint late) {
        if (early.tokens() >= late.tokens() || early.computeFlops() >= late.computeFlops()) {
            throw new IllegalArgumentException("run " + runId + " goes back: step " + early.step() + " has "
                    + early.tokens() + " tokens and " + early.computeFlops() + " FLOPs, step " + late.step() + " has "
                    + late.tokens() + " and " + late.computeFlops());
        }
    }

    private static int firstNotBefore(List<CurvePoint> points, long step) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).step() < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static @Nullable CurvePoint later(@Nullable CurvePoint one, @Nullable CurvePoint other) {
        return one == null || (other != null && other.step() > one.step()) ? other : one;
    }

    private static @Nullable CurvePoint earlier(@Nullable CurvePoint one, @Nullable CurvePoint other) {
        return one == null || (other != null && other.step() < one.step()) ? other : one;
    }

    private static @Nullable CurvePoint value(Map.@Nullable Entry<Long, CurvePoint> entry) {
        return entry == null ? null : entry.getValue();
    }
}
