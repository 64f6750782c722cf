package org.plmfrontier.launcher.suite;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What trainers on this machine's processors have. */
final class ThisMachine {
    /** About what a core of a server does in small float32 models, training FLOPs per second. */
    private static final double FLOPS_PER_CORE = 2e10;

    private ThisMachine() {}

    static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** A first guess for slices; measured speeds take its place once steps were trained. */
    static double flopsPerSecond() {
        return FLOPS_PER_CORE * Runtime.getRuntime().availableProcessors();
    }
}
