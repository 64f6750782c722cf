package org.plmfrontier.benchmarks.step;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleSupplier;

/** CPU time of this process, all threads: what a busy machine's other processes do not change much. */
public final class CpuTime {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final double NANOSECONDS = 1e9;

    private CpuTime() {}

    /**
     * Seconds of CPU that a step takes.
     *
     * @param step returns its loss
     * @throws IllegalStateException where the loss is no finite number
     */
    public static double of(DoubleSupplier step) {
        long start = SYSTEM.getProcessCpuTime();
        double loss = step.getAsDouble();
        double seconds = (SYSTEM.getProcessCpuTime() - start) / NANOSECONDS;
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("loss " + loss);
        }
        return seconds;
    }

    /** Seconds of CPU that this process has taken. */
    public static double soFar() {
        return SYSTEM.getProcessCpuTime() / NANOSECONDS;
    }

    /** Middle value; the mean of the two middle ones of an even number. */
    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
