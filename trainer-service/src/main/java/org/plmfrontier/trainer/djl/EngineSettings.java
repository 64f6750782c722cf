package org.plmfrontier.trainer.djl;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How libtorch is started; the first use in a process decides.
 *
 * @param threads intra-op threads
 * @param nativeFolder where the native libraries are unpacked, once
 * @param devices {@code cpu}, or {@code cuda:0} and so on; a model goes to the one with the fewest
 * @param activationBytes memory that forward and backward of one part of a batch may take on a CPU and in deterministic
 *     runs; another number splits batches elsewhere and gives other bits
 */
public record EngineSettings(int threads, Path nativeFolder, List<String> devices, long activationBytes) {
    /** What a CPU gets unless configured. */
    public static final long DEFAULT_ACTIVATION_BYTES = 2L << 30;

    public EngineSettings {
        Objects.requireNonNull(nativeFolder, "nativeFolder");
        devices = List.copyOf(devices);
        if (threads <= 0) {
            throw new IllegalArgumentException("threads must be positive, got " + threads);
        }
        if (devices.isEmpty() || !devices.stream().allMatch(device -> device.matches("cpu|cuda:\\d+"))) {
            throw new IllegalArgumentException("devices must be cpu or cuda:NUMBER, got " + devices);
        }
        if (activationBytes <= 0) {
            throw new IllegalArgumentException("activationBytes must be positive, got " + activationBytes);
        }
    }

    /** On the CPU. */
    public EngineSettings(int threads, Path nativeFolder) {
        this(threads, nativeFolder, List.of("cpu"), DEFAULT_ACTIVATION_BYTES);
    }

    /** DJL reads its settings from system properties only. */
    void export() {
        String folder = nativeFolder.toAbsolutePath().toString();
        System.setProperty("DJL_CACHE_DIR", folder);
        System.setProperty("ENGINE_CACHE_DIR", folder);
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
}
