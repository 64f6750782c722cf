package org.plmfrontier.benchmarks.idle;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * A GPU with a clock of its own: it computes what it is given in order, one thing after the other, while the host goes on. The
 * host's clock moves with the CPU time that the calling thread really takes, and with what launching and copying cost. For one
 * thread.
 */
final class VirtualDevice {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Costs costs;
    private double host;
    private double free;
    private double busy;
    private double lastCpu = cpu();
    private long waits;
    private long blockingCopies;

    /**
     * What the host pays.
     *
     * @param launchSeconds of the host for an operator with its part of autograd
     * @param copyBytesPerSecond from and to memory that is not pinned
     */
    record Costs(double launchSeconds, double copyBytesPerSecond) {}

    VirtualDevice(Costs costs) {
        this.costs = costs;
    }

    /** The host has done something since the last call. */
    private void hostWorked() {
        double now = cpu();
        host += now - lastCpu;
        lastCpu = now;
    }

    /** Operators that take the device some time together. */
    void launch(int operators, double deviceSeconds) {
        hostWorked();
        double start = Math.max(free, host + costs.launchSeconds());
        host += operators * costs.launchSeconds();
        free = Math.max(start + deviceSeconds, host);
        busy += deviceSeconds;
    }

    /** A copy for which the host waits, behind all that the device was given. */
    void copyAndWait(long bytes) {
        blockingCopies++;
        await(free);
        host += bytes / costs.copyBytesPerSecond();
        free = host;
    }

    /** When all that it was given so far is computed, seconds. */
    double end() {
        return free;
    }

    /** The host waits for a moment of the device. */
    void await(double moment) {
        hostWorked();
        waits++;
        host = Math.max(host, moment);
    }

    double hostSeconds() {
        hostWorked();
        return host;
    }

    double seconds() {
        return Math.max(host, free);
    }

    double busySeconds() {
        return busy;
    }

    long waits() {
        return waits;
    }

    long blockingCopies() {
        return blockingCopies;
    }

    private static double cpu() {
        return THREADS.getCurrentThreadCpuTime() / 1e9;
    }
}
