package org.plmfrontier.fitting.curve;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All curves of a study. Immutable: each addition gives a new book that shares the untouched curves. Runs, points and
 * final points may come in any order and any number of times.
 */
public final class CurveBook {
    private final StepThinning thinning;
    private final SortedMap<String, RunCurve> curves;

    private CurveBook(StepThinning thinning, SortedMap<String, RunCurve> curves) {
        this.thinning = thinning;
        this.curves = Collections.unmodifiableSortedMap(curves);
    }

    /** A book without runs. */
    public static CurveBook empty(StepThinning thinning) {
        return new CurveBook(thinning, new TreeMap<>());
    }

    /**
     * The book with a run in it.
     *
     * @param parameters N of the run's model
     * @throws IllegalArgumentException if the run is there with another N
     */
    public CurveBook withRun(String runId, double parameters) {
        RunCurve known = curves.get(runId);
        if (known == null) {
            return with(RunCurve.empty(runId, parameters, thinning));
        }
        if (known.parameters() != parameters) {
            throw new IllegalArgumentException(
                    "run " + runId + " has N " + known.parameters() + " and cannot get N " + parameters);
        }
        return this;
    }

    /**
     * The book with further points of a run.
     *
     * @throws IllegalArgumentException if the run is not in the book
     */
    public CurveBook plus(String runId, Collection<CurvePoint> points) {
        return with(require(runId).plus(points));
    }

    /**
     * The book with further final points of a run.
     *
     * @throws IllegalArgumentException if the run is not in the book
     */
    public CurveBook plusFinals(String runId, Collection<FinalPoint> finals) {
        return with(require(runId).plusFinals(finals));
    }

    /** Curves, ascending by run id; runs without points among them. */
    public List<RunCurve> curves() {
        return List.copyOf(curves.values());
    }

    /** The run's curve, if the run is in the book. */
    public Optional<RunCurve> curve(String runId) {
        return Optional.ofNullable(curves.get(runId));
    }

    private RunCurve require(String runId) {
        return curve(runId).orElseThrow(() -> new IllegalArgumentException("run " + runId + " is not in the book"));
    }

    @SuppressWarnings("ReferenceEquality")
    private CurveBook with(RunCurve curve) {
        if (curves.get(curve.runId()) == curve) {
            return this;
        }
        TreeMap<String, RunCurve> more = new TreeMap<>(curves);
        more.put(curve.runId(), curve);
        return new CurveBook(thinning, more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurveBook that && thinning.equals(that.thinning) && curves.equals(that.curves);
    }

    @Override
    public int hashCode() {
        return curves.hashCode();
    }
}
