package org.plmfrontier.dataset.study;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Precision;

/**
 * How fast single devices train: of each of the runs that trained last, the median over its last {@value #STEPS} steps, which
 * a stall of some of them does not move. Unpadded training FLOPs per second. Thread-safe.
 */
public final class DeviceSpeeds {
    private static final int STEPS = 33;

    /** Runs that are remembered. */
    public static final int RUNS = 256;

    /** What a device can do, training FLOPs per second: clocks that jump show speeds out of these. */
    private static final double SLOWEST = 1e3;

    private static final double FASTEST = 1e17;

    private final Map<String, Last> speeds = new LinkedHashMap<>(RUNS, 0.75f, true);

    /** The last speeds of a run. A plan of hundreds of runs asks for their median much more often than a step comes. */
    private static final class Last {
        private final Deque<Double> speeds = new ArrayDeque<>();
        private double median;
        private boolean isCurrent;

        void add(double speed) {
            speeds.add(speed);
            if (speeds.size() > STEPS) {
                speeds.remove();
            }
            isCurrent = false;
        }

        double median() {
            if (!isCurrent) {
                double[] sorted = speeds.stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                median = sorted[sorted.length / 2];
                isCurrent = true;
            }
            return median;
        }
    }

    /** Runs that were found: plans of hundreds of runs ask for the same measured ones. Shape and precision never change. */
    private final Map<String, RunSpec> found = new HashMap<>();

    /** Speeds that were measured before this process began. */
    public synchronized void restore(Map<String, Double> flopsPerSecond) {
        flopsPerSecond.forEach((run, speed) -> {
            if (isCredible(speed)) {
                keep(run, speed);
            }
        });
    }

    /** What was measured of runs; those of which nothing was are absent. */
    public synchronized Map<String, Double> of(Collection<String> runIds) {
        Map<String, Double> medians = new HashMap<>();
        for (String run : runIds) {
            Last last = speeds.get(run);
            if (last != null) {
                medians.put(run, last.median());
            }
        }
        return medians;
    }

    /** A step; one whose speed no device can have says nothing. */
    synchronized void add(StepCompleted step) {
        double speed = step.tokensPerSecond() * step.computeFlops() / step.tokens();
        if (isCredible(speed)) {
            keep(step.runId(), speed);
        }
    }

    private static boolean isCredible(double speed) {
        return speed >= SLOWEST && speed <= FASTEST;
    }

    private void keep(String runId, double speed) {
        speeds.computeIfAbsent(runId, run -> new Last()).add(speed);
        if (speeds.size() > RUNS) {
            String oldest = speeds.keySet().iterator().next();
            speeds.remove(oldest);
            found.remove(oldest);
        }
    }

    /**
     * The speed at a run: that of a measured run of the same shape and precision, else of the nearest size in the same
     * precision; of BF16 where nothing was measured in BF16_RESIDUAL, which moves less memory; empty where nothing was measured.
     *
     * @param runs finds a run by its id
     */
    public OptionalDouble at(RunSpec wanted, Function<String, Optional<RunSpec>> runs) {
        Precision precision = wanted.recipe().precision();
        OptionalDouble own = at(wanted, precision, runs);
        return own.isEmpty() && precision == Precision.BF16_RESIDUAL ? at(wanted, Precision.BF16, runs) : own;
    }

    private OptionalDouble at(RunSpec wanted, Precision precision, Function<String, Optional<RunSpec>> runs) {
        OptionalDouble nearest = OptionalDouble.empty();
        double distance = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Double> measured : medians().entrySet()) {
            Optional<RunSpec> run =
                    find(measured.getKey(), runs).filter(known -> known.recipe().precision() == precision);
            if (run.isPresent() && distance(run.get(), wanted) < distance) {
                distance = distance(run.get(), wanted);
                nearest = OptionalDouble.of(measured.getValue());
            }
        }
        return nearest;
    }

    private synchronized Optional<RunSpec> find(String id, Function<String, Optional<RunSpec>> runs) {
        RunSpec known = found.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RunSpec> run = runs.apply(id);
        run.filter(spec -> speeds.containsKey(id)).ifPresent(spec -> found.put(id, spec));
        return run;
    }

    private synchronized Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        speeds.forEach((run, last) -> medians.put(run, last.median()));
        return medians;
    }

    /** Factor between two sizes, as a logarithm; -1 for one shape, which is nearer than another one of its size. */
    private static double distance(RunSpec one, RunSpec other) {
        return one.shape().equals(other.shape())
                ? -1
                : Math.abs(Math.log((double) ParameterCount.of(one.shape()).exact()
                        / ParameterCount.of(other.shape()).exact()));
    }
}
