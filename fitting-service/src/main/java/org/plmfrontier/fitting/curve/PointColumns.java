package org.plmfrontier.fitting.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Curve points by column, ascending by step, one per step: 48 bytes a point. Immutable. */
final class PointColumns {
    static final PointColumns EMPTY = new PointColumns(List.of());

    private final long[] steps;
    private final double[] tokens;
    private final double[] computeFlops;
    private final double[] executedFlops;
    private final double[] lossNats;
    private final double[] learningRates;

    private PointColumns(List<CurvePoint> points) {
        steps = points.stream().mapToLong(CurvePoint::step).toArray();
        tokens = points.stream().mapToDouble(CurvePoint::tokens).toArray();
        computeFlops = points.stream().mapToDouble(CurvePoint::computeFlops).toArray();
        executedFlops = points.stream().mapToDouble(CurvePoint::executedFlops).toArray();
        lossNats = points.stream().mapToDouble(CurvePoint::lossNats).toArray();
        learningRates = points.stream().mapToDouble(CurvePoint::learningRate).toArray();
    }

    /** The union, thinned; this very object if nothing changes. */
    PointColumns merge(Collection<CurvePoint> more, StepThinning thinning) {
        List<CurvePoint> sorted = new ArrayList<>(more);
        sorted.sort(Comparator.comparingLong(CurvePoint::step).thenComparing(CurvePoint.PREFERENCE));
        List<CurvePoint> union = new ArrayList<>(size() + sorted.size());
        int mine = 0;
        for (CurvePoint point : sorted) {
            while (mine < size() && steps[mine] < point.step()) {
                union.add(point(mine++));
            }
            if (mine < size() && steps[mine] == point.step()) {
                addPreferred(union, point(mine++));
            }
            addPreferred(union, point);
        }
        while (mine < size()) {
            union.add(point(mine++));
        }
        PointColumns merged = new PointColumns(thin(union, thinning));
        return merged.equals(this) ? this : merged;
    }

    private static void addPreferred(List<CurvePoint> union, CurvePoint point) {
        int last = union.size() - 1;
        if (last < 0 || union.get(last).step() != point.step()) {
            union.add(point);
        } else if (CurvePoint.PREFERENCE.compare(point, union.get(last)) < 0) {
            union.set(last, point);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static List<CurvePoint> thin(List<CurvePoint> points, StepThinning thinning) {
        if (points.isEmpty()) {
            return points;
        }
        CurvePoint last = points.get(points.size() - 1);
        return points.stream()
                .filter(point -> point == last || thinning.keeps(point.step()))
                .toList();
    }

    int size() {
        return steps.length;
    }

    CurvePoint point(int i) {
        return new CurvePoint(steps[i], tokens[i], computeFlops[i], executedFlops[i], lossNats[i], learningRates[i]);
    }

    double computeFlops(int i) {
        return computeFlops[i];
    }

    double tokens(int i) {
        return tokens[i];
    }

    double lossNats(int i) {
        return lossNats[i];
    }

    double learningRate(int i) {
        return learningRates[i];
    }

    double tokensAt(double flops) {
        if (!(flops > 0) || size() == 0 || flops > computeFlops[size() - 1]) {
            throw new IllegalArgumentException("computeFlops " + flops + " are not positive or not yet spent");
        }
        int found = Arrays.binarySearch(computeFlops, flops);
        if (found >= 0) {
            return tokens[found];
        }
        int right = -found - 1;
        double c0 = right == 0 ? 0 : computeFlops[right - 1];
        double d0 = right == 0 ? 0 : tokens[right - 1];
        return d0 + (tokens[right] - d0) * (flops - c0) / (computeFlops[right] - c0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointColumns that
                && Arrays.equals(steps, that.steps)
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(computeFlops, that.computeFlops)
                && Arrays.equals(executedFlops, that.executedFlops)
                && Arrays.equals(lossNats, that.lossNats)
                && Arrays.equals(learningRates, that.learningRates);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(steps) + Arrays.hashCode(lossNats);
    }
}
