package org.plmfrontier.fitting.curve;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.RandomAccess;

/**
 * The loss curve and the final losses of one run. Immutable, so safe to share between threads. Adding points is
 * idempotent by step and adding final points by budget: any order and any repetition give the same curve. A curve evicted
 * has its last point and its finals; the others are somewhere else, and asking for them is an error.
 */
public final class RunCurve {
    private final String runId;
    private final double parameters;
    private final StepThinning thinning;
    private final PointColumns columns;
    private final List<FinalPoint> finals;
    private final boolean evicted;

    private RunCurve(
            String runId,
            double parameters,
            StepThinning thinning,
            PointColumns columns,
            List<FinalPoint> finals,
            boolean evicted) {
        this.runId = runId;
        this.parameters = parameters;
        this.thinning = thinning;
        this.columns = columns;
        this.finals = finals;
        this.evicted = evicted;
    }

    /**
     * A run without points.
     *
     * @param parameters N of the run's model in the convention of its study (Table 6 for studies of the suite)
     */
    public static RunCurve empty(String runId, double parameters, StepThinning thinning) {
        if (runId.isBlank()) {
            throw new IllegalArgumentException("runId is blank");
        }
        if (!(parameters > 0) || Double.isInfinite(parameters)) {
            throw new IllegalArgumentException(
                    "parameters of run " + runId + " must be positive and finite, got " + parameters);
        }
        return new RunCurve(runId, parameters, Objects.requireNonNull(thinning), PointColumns.EMPTY, List.of(), false);
    }

    /** A run with these points, nothing thinned out. */
    public static RunCurve of(String runId, double parameters, Collection<CurvePoint> points) {
        return empty(runId, parameters, StepThinning.NONE).plus(points);
    }

    /** This curve with further points. Points of steps that are there already change nothing. */
    @SuppressWarnings("ReferenceEquality")
    public RunCurve plus(Collection<CurvePoint> points) {
        if (points.isEmpty()) {
            return this;
        }
        PointColumns merged = all().merge(points, thinning);
        return merged == columns ? this : new RunCurve(runId, parameters, thinning, merged, finals, false);
    }

    /** This curve with further final points; of two with one budget the lower loss stays, of equal ones that with parts. */
    public RunCurve plusFinals(Collection<FinalPoint> points) {
        List<FinalPoint> merged = new ArrayList<>(finals);
        merged.addAll(points);
        merged.sort(Comparator.comparingDouble(FinalPoint::budgetTokens)
                .thenComparingDouble(FinalPoint::lossNats)
                .thenComparingDouble(FinalPoint::tokens)
                .thenComparingDouble(FinalPoint::computeFlops)
                .thenComparing(point -> point.parts() == null));
        for (int i = merged.size() - 1; i > 0; i--) {
            if (merged.get(i).budgetTokens() == merged.get(i - 1).budgetTokens()) {
                merged.remove(i);
            }
        }
        return merged.equals(finals)
                ? this
                : new RunCurve(runId, parameters, thinning, columns, List.copyOf(merged), evicted);
    }

    /** The part of this curve from so many tokens on, with all its finals. */
    public RunCurve since(double fewestTokens) {
        PointColumns later = all().since(fewestTokens);
        return later.size() == columns.size() ? this : new RunCurve(runId, parameters, thinning, later, finals, false);
    }

    /** This curve without any points but the last one. */
    public RunCurve evicted() {
        return evicted ? this : new RunCurve(runId, parameters, thinning, columns.lastOnly(), finals, true);
    }

    /** This curve without its points, to which they can be added again. */
    public RunCurve withoutPoints() {
        return new RunCurve(runId, parameters, thinning, PointColumns.EMPTY, finals, false);
    }

    /** Whether only the last point is here. */
    public boolean isEvicted() {
        return evicted;
    }

    public String runId() {
        return runId;
    }

    /** N, the convention is the study's. */
    public double parameters() {
        return parameters;
    }

    /** Points kept, ascending by step; a view, not a copy. */
    public List<CurvePoint> points() {
        return new PointList(all());
    }

    /** Number of points kept. */
    public int size() {
        return all().size();
    }

    public boolean isEmpty() {
        return columns.size() == 0;
    }

    /** The point of the highest step. */
    public Optional<CurvePoint> last() {
        return isEmpty() ? Optional.empty() : Optional.of(columns.point(columns.size() - 1));
    }

    /** Final losses, ascending by budget. */
    public List<FinalPoint> finals() {
        return finals;
    }

    /** Cumulative training FLOPs of a kept point, unpadded. */
    public double computeFlops(int index) {
        return all().computeFlops(index);
    }

    /** Cumulative tokens of a kept point. */
    public double tokens(int index) {
        return all().tokens(index);
    }

    /** Loss of a kept point, nats per residue. */
    public double lossNats(int index) {
        return all().lossNats(index);
    }

    /** Learning rate of a kept point, empty where it is not known. */
    public OptionalDouble learningRate(int index) {
        return all().learningRate(index);
    }

    /**
     * Tokens seen when the run had spent the FLOPs, linear between points, and proportional to FLOPs before the first.
     *
     * @throws IllegalArgumentException if the FLOPs are not positive or the run has not spent them yet
     */
    public double tokensAt(double computeFlops) {
        return all().tokensAt(computeFlops);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunCurve that
                && runId.equals(that.runId)
                && parameters == that.parameters
                && thinning.equals(that.thinning)
                && columns.equals(that.columns)
                && evicted == that.evicted
                && finals.equals(that.finals);
    }

    @Override
    public int hashCode() {
        return Objects.hash(runId, columns, finals);
    }

    @Override
    public String toString() {
        return "run " + runId + ", N " + parameters + ", " + columns.size() + " points" + (evicted ? " evicted" : "")
                + ", " + finals.size() + " finals";
    }

    private PointColumns all() {
        if (evicted) {
            throw new IllegalStateException("the points of run " + runId + " are evicted");
        }
        return columns;
    }

    private static final class PointList extends AbstractList<CurvePoint> implements RandomAccess {
        private final PointColumns columns;

        PointList(PointColumns columns) {
            this.columns = columns;
        }

        @Override
        public CurvePoint get(int index) {
            return columns.point(index);
        }

        @Override
        public int size() {
            return columns.size();
        }
    }
}
