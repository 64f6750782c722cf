package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;

/**
 * A device with the one thread that uses it, the number of models on it and the memory left for a batch. All methods but
 * {@link #models()} and {@link #capabilities()} are for the device's own thread, or before its first use.
 */
final class EngineDevice implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineDevice.class);

    /** Share of a GPU's free memory that batches may take: the rest is for what the allocator cuts off. */
    private static final double USABLE = 0.8;

    /**
     * Share of the memory that parts are estimated to fit in where products' operands are rounded: these stand beside the bfloat16
     * numbers in float32.
     */
    static final double LEFT_BY_ROUNDED = 0.75;

    private final Device device;
    private final long configuredBytes;
    private final boolean multipliesBf16;
    private final EngineThread thread = new EngineThread();
    private @Nullable IdleScripts scripts;
    private volatile boolean packs;
    private final AtomicInteger models = new AtomicInteger();
    private volatile long freeBytes;

    /**
     * A device without models.
     *
     * @param multipliesBf16 whether it has instructions for bfloat16; else those products are computed in float32 of rounded
     *     numbers, since libtorch's own way around is many times slower than float32
     */
    EngineDevice(Device device, long configuredBytes, boolean multipliesBf16) {
        this.device = device;
        this.configuredBytes = configuredBytes;
        this.multipliesBf16 = multipliesBf16;
        this.freeBytes = configuredBytes;
    }

    /** Whether products of a precision are computed in float32 of rounded numbers, which no GPU does. */
    boolean rounds(Precision precision) {
        return precision.multipliesInBf16() && !multipliesBf16;
    }

    /** Whether products of bfloat16 numbers are computed as such. */
    boolean multipliesBf16() {
        return multipliesBf16;
    }

    Device device() {
        return device;
    }

    EngineThread thread() {
        return thread;
    }

    /** Programs of the device; libtorch must have been started. */
    IdleScripts scripts() {
        IdleScripts known = scripts;
        if (known == null) {
            known = new IdleScripts(NDManager.newBaseManager(device, "PyTorch"));
            scripts = known;
        }
        return known;
    }

    /** Finds out what the device can do; libtorch must have been started. */
    void start() throws IOException {
        if (device.isGpu()) {
            try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
                Optional<String> missing = VariableLengthKernel.missing(manager);
                missing.ifPresent(why -> LOG.warnf(
                        "%s keeps PAD in its batches, it has no attention of variable length: %s", device, why));
                packs = missing.isEmpty();
            }
        }
    }

    /** What this process computes on the device; on any thread once it is started. */
    Capabilities capabilities() {
        return new Capabilities(device.isGpu(), packs, System.getenv());
    }

    int models() {
        return models.get();
    }

    /**
     * Memory that forward and backward of one part of a batch may take by estimate. On a CPU, and for deterministic runs, from the
     * configured number, since another split gives other bits; else from what was free on the GPU when the last model came or left.
     */
    long activationBytes(ModelSettings settings) {
        if (rounds(settings.precision())) {
            return (long) (LEFT_BY_ROUNDED * configuredBytes);
        }
        return hasFixedParts(settings)
                ? configuredBytes
                : freeBytes - Networks.of(settings.shape()).stepBytes();
    }

    /** Whether the parts of a batch must be the same at every run, as on a CPU and in deterministic runs. */
    boolean hasFixedParts(ModelSettings settings) {
        return settings.deterministic() || !device.isGpu();
    }

    /** A model has been put on the device. */
    void entered() {
        models.incrementAndGet();
        lookAtMemory();
    }

    /** A model is gone. */
    void left() {
        models.decrementAndGet();
        lookAtMemory();
    }

    @Override
    public void close() {
        thread.close();
    }

    private void lookAtMemory() {
        if (device.isGpu()) {
            JniUtils.emptyCudaCache();
            var memory = CudaUtils.getGpuMemory(device);
            freeBytes = (long) (USABLE * (memory.getMax() - memory.getCommitted()));
        }
    }
}
