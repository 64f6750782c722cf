package org.plmfrontier.trainer.djl;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How libtorch is started; the first use in a process decides.
 *
 * @param threads intra-op threads
 * @param nativeFolder where the native libraries are unpacked, once
 * @param devices {@code cpu}, or {@code cuda:0} and so on; a model goes to the one with the fewest
 * @param activationBytes memory that forward and backward of one part of a batch may take on a CPU and in deterministic
 *     runs, empty for {@link #CPU_ACTIVATION_BYTES} and {@link #GPU_ACTIVATION_BYTES}; another number splits batches elsewhere and
 *     gives other bits
 */
public record EngineSettings(int threads, Path nativeFolder, List<String> devices, OptionalLong activationBytes) {
    /** What a CPU gets unless configured, 2 GiB. */
    public static final long CPU_ACTIVATION_BYTES = 2L << 30;

    /** What deterministic runs get of a GPU unless configured, 16 GiB: a step of large models has few parts then. */
    public static final long GPU_ACTIVATION_BYTES = 16L << 30;

    public EngineSettings {
        Objects.requireNonNull(nativeFolder, "nativeFolder");
        devices = List.copyOf(devices);
        if (threads <= 0) {
            throw new IllegalArgumentException("threads must be positive, got " + threads);
        }
        if (devices.isEmpty() || !devices.stream().allMatch(device -> device.matches("cpu|cuda:\\d+"))) {
            throw new IllegalArgumentException("devices must be cpu or cuda:NUMBER, got " + devices);
        }
        if (activationBytes.isPresent() && activationBytes.getAsLong() <= 0) {
            throw new IllegalArgumentException("activationBytes must be positive, got " + activationBytes.getAsLong());
        }
    }

    /** With the memory that each kind of device gets unless configured. */
    public EngineSettings(int threads, Path nativeFolder, List<String> devices) {
        this(threads, nativeFolder, devices, OptionalLong.empty());
    }

    /** On the CPU. */
    public EngineSettings(int threads, Path nativeFolder) {
        this(threads, nativeFolder, List.of("cpu"));
    }

    /** Memory that one part of a batch may take where parts are fixed. */
    long activationBytes(boolean gpu) {
        return activationBytes.orElse(gpu ? GPU_ACTIVATION_BYTES : CPU_ACTIVATION_BYTES);
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
