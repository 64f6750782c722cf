package org.plmfrontier.dataset.plan;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * How runs become jobs of the trainers that there are.
 *
 * @param targetFlops wanted FLOPs of a slice; empty for a share of the study's largest run, but no more than {@code time}
 * @param slicesOfLargest how many slices the largest run is cut into where no target is given
 * @param mostPerRun no run is cut into many more slices than this; budget ends can add one each
 * @param time how long a slice may keep a device where no target is given, and for how long ahead slices are cut
 * @param memoryBytes memory of a trainer's device; empty where nobody stated it
 * @param marks slices end at every so many per cent of a run's compute besides, where evaluations want its states; see
 *     {@link RunMarks}
 */
public record Slicing(
        OptionalDouble targetFlops,
        int slicesOfLargest,
        int mostPerRun,
        SliceTime time,
        OptionalLong memoryBytes,
        Set<Double> marks) {
    /** Slices that end where no evaluation wants it. */
    public Slicing(
            OptionalDouble targetFlops, int slicesOfLargest, int mostPerRun, SliceTime time, OptionalLong memoryBytes) {
        this(targetFlops, slicesOfLargest, mostPerRun, time, memoryBytes, Set.of());
    }

    /** Slices of any length, cut for whole runs at once, for trainers of unknown memory. */
    public Slicing(OptionalDouble targetFlops, int slicesOfLargest, int mostPerRun) {
        this(targetFlops, slicesOfLargest, mostPerRun, SliceTime.unbounded(), OptionalLong.empty());
    }

    public Slicing {
        Objects.requireNonNull(time, "time");
        marks = Set.copyOf(marks);
        if (targetFlops.isPresent() && !(targetFlops.getAsDouble() > 0)) {
            throw new IllegalArgumentException("targetFlops must be positive, got " + targetFlops.getAsDouble());
        }
        if (slicesOfLargest <= 0 || mostPerRun <= 0) {
            throw new IllegalArgumentException(
                    "slicesOfLargest " + slicesOfLargest + " and mostPerRun " + mostPerRun + " must be positive");
        }
    }

    /**
     * Refuses a study with a shape that no trainer can hold.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException naming the shape and both sizes
     */
    public void requireFits(StudySpec spec) {
        memoryBytes.ifPresent(bytes -> GridBounds.requireFits(spec, bytes));
    }

    /** The same slices, cut for whole runs at once. */
    public Slicing withoutHorizon() {
        return new Slicing(targetFlops, slicesOfLargest, mostPerRun, time.withoutHorizon(), memoryBytes, marks);
    }

    /** The same, with slices that end where these evaluations want it. */
    public Slicing withMarks(Set<Double> percents) {
        return new Slicing(targetFlops, slicesOfLargest, mostPerRun, time, memoryBytes, percents);
    }

    /** Whether a run is to get further slices: it has some to come, and less than half of the horizon is cut ahead. */
    public boolean runsOut(PlannedRun run, long position) {
        double share = (double) (run.plannedTo() - position) / run.spec().endRecord();
        return !run.over()
                && run.plannedTo() < run.spec().endRecord()
                && time.runsOut(run.spec(), share * run.spec().expectedFlops());
    }

    /** About how many slices will be cut of a run beyond those that are. */
    public double laterSlices(PlannedRun run, double largestRun) {
        double left = run.spec().endRecord() - (double) run.plannedTo();
        double flops =
                run.over() ? 0 : left / run.spec().endRecord() * run.spec().expectedFlops();
        return flops / withoutHorizon().target(largestRun, run.spec());
    }

    /** Speed of one device at a run, training FLOPs per second. */
    public double flopsPerSecond(RunSpec run) {
        return time.speed().at(run);
    }

    /**
     * FLOPs that a slice of a run aims at.
     *
     * @param largestRun FLOPs of the study's largest run
     */
    double target(double largestRun, RunSpec run) {
        double wanted = targetFlops.orElseGet(() -> Math.min(largestRun / slicesOfLargest, time.flops(run)));
        return Math.max(wanted, run.expectedFlops() / mostPerRun);
    }
}
