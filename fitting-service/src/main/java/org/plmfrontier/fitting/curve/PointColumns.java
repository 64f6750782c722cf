package org.plmfrontier.fitting.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Curve points by column, ascending by step, one per step: 48 bytes a point. Immutable. */
final class PointColumns {
    static final PointColumns EMPTY = new PointColumns(0);

    private final long[] steps;
    private final double[] tokens;
    private final double[] computeFlops;
    private final double[] executedFlops;
    private final double[] lossNats;
    /** Not a number where unknown. */
    private final double[] learningRates;

    private PointColumns(int size) {
        steps = new long[size];
        tokens = new double[size];
        computeFlops = new double[size];
        executedFlops = new double[size];
        lossNats = new double[size];
        learningRates = new double[size];
    }

    /** The union, thinned; this very object if nothing changes. What is kept of the old points is copied in whole ranges. */
    PointColumns merge(Collection<CurvePoint> more, StepThinning thinning) {
        List<CurvePoint> fresh = preferred(more);
        if (fresh.isEmpty()) {
            return this;
        }
        PointColumns union = new PointColumns(size() + fresh.size());
        int mine = 0;
        int filled = 0;
        for (CurvePoint point : fresh) {
            int until = firstNotBefore(point.step(), mine);
            filled = union.copy(this, mine, until, filled);
            mine = until;
            boolean known = mine < size() && steps[mine] == point.step();
            boolean better = !known || CurvePoint.PREFERENCE.compare(point, point(mine)) < 0;
            if (better) {
                union.set(filled++, point);
            } else {
                filled = union.copy(this, mine, mine + 1, filled);
            }
            mine += known ? 1 : 0;
        }
        filled = union.copy(this, mine, size(), filled);
        PointColumns merged = union.thinned(filled, thinning);
        return merged.equals(this) ? this : merged;
    }

    /** One point per step, ascending. */
    private static List<CurvePoint> preferred(Collection<CurvePoint> points) {
        List<CurvePoint> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingLong(CurvePoint::step).thenComparing(CurvePoint.PREFERENCE));
        List<CurvePoint> first = new ArrayList<>(sorted.size());
        for (CurvePoint point : sorted) {
            if (first.isEmpty() || first.get(first.size() - 1).step() != point.step()) {
                first.add(point);
            }
        }
        return first;
    }

    private int firstNotBefore(long step, int from) {
        int found = Arrays.binarySearch(steps, from, size(), step);
        return found >= 0 ? found : -found - 1;
    }

    private void set(int at, CurvePoint point) {
        steps[at] = point.step();
        tokens[at] = point.tokens();
        computeFlops[at] = point.computeFlops();
        executedFlops[at] = point.executedFlops();
        lossNats[at] = point.lossNats();
        learningRates[at] = point.learningRate().orElse(Double.NaN);
    }

    /** Copies a range of another's points to a place here; the place after them. */
    private int copy(PointColumns from, int start, int end, int at) {
        int count = end - start;
        System.arraycopy(from.steps, start, steps, at, count);
        System.arraycopy(from.tokens, start, tokens, at, count);
        System.arraycopy(from.computeFlops, start, computeFlops, at, count);
        System.arraycopy(from.executedFlops, start, executedFlops, at, count);
        System.arraycopy(from.lossNats, start, lossNats, at, count);
        System.arraycopy(from.learningRates, start, learningRates, at, count);
        return at + count;
    }

    /** The first so many points without those that the thinning drops; the last of them stays. */
    private PointColumns thinned(int filled, StepThinning thinning) {
        int kept = 0;
        for (int i = 0; i < filled; i++) {
            kept += i == filled - 1 || thinning.keeps(steps[i]) ? 1 : 0;
        }
        if (kept == filled && filled == size()) {
            return this;
        }
        PointColumns thin = new PointColumns(kept);
        int at = 0;
        for (int i = 0; i < filled; i++) {
            if (i == filled - 1 || thinning.keeps(steps[i])) {
                at = thin.copy(this, i, i + 1, at);
            }
        }
        return thin;
    }

    /** The points of at least so many tokens; this very object if that is all of them. */
    PointColumns since(double fewestTokens) {
        if (size() == 0 || tokens[0] >= fewestTokens) {
            return this;
        }
        int[] later = IntStream.range(0, size())
                .filter(i -> tokens[i] >= fewestTokens)
                .toArray();
        PointColumns columns = new PointColumns(later.length);
        for (int i = 0; i < later.length; i++) {
            columns.copy(this, later[i], later[i] + 1, i);
        }
        return columns;
    }

    /** The point of the highest step alone. */
    PointColumns lastOnly() {
        PointColumns last = new PointColumns(Math.min(1, size()));
        last.copy(this, size() - last.size(), size(), 0);
        return last;
    }

    int size() {
        return steps.length;
    }

    CurvePoint point(int i) {
        return new CurvePoint(steps[i], tokens[i], computeFlops[i], executedFlops[i], lossNats[i], learningRate(i));
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

    OptionalDouble learningRate(int i) {
        return Double.isNaN(learningRates[i]) ? OptionalDouble.empty() : OptionalDouble.of(learningRates[i]);
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
