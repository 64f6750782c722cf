package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.TensorSource;

/** libtorch through DJL's JNI layer, on the CPU or on GPUs, each with a thread of its own. Thread-safe. */
public final class DjlTrainingEngine implements TrainingEngine {
    private static final String ENGINE = "PyTorch";

    private final EngineSettings settings;
    private final List<EngineDevice> devices;
    private final String deviceName;

    private DjlTrainingEngine(EngineSettings settings, boolean cpuMultipliesBf16) throws IOException {
        this.settings = settings;
        boolean gpu = settings.devices().stream().anyMatch(device -> !device.equals("cpu"));
        this.deviceName = gpu ? NvidiaDriver.name(NvidiaDriver.GPUS) : "cpu";
        this.devices = settings.devices().stream()
                .map(name -> Device.fromName(name.replace("cuda:", "gpu")))
                .map(device -> new EngineDevice(
                        device, settings.activationBytes(device.isGpu()), device.isGpu() || cpuMultipliesBf16))
                .toList();
    }

    /**
     * Loads the native libraries.
     *
     * @throws IOException where they cannot be unpacked
     * @throws IllegalStateException where libtorch runs with another number of threads already, or lacks a device
     */
    public static DjlTrainingEngine start(EngineSettings settings) throws IOException {
        return start(settings, ProcessorFlags.multipliesBf16());
    }

    /** As the other one, on a processor with or without instructions for bfloat16. */
    static DjlTrainingEngine start(EngineSettings settings, boolean cpuMultipliesBf16) throws IOException {
        Files.createDirectories(settings.nativeFolder());
        settings.export();
        DjlTrainingEngine engine = new DjlTrainingEngine(settings, cpuMultipliesBf16);
        for (EngineDevice device : engine.devices) {
            device.thread().call(() -> {
                engine.startLibtorch();
                device.start();
                return true;
            });
        }
        return engine;
    }

    /** Puts the model on the device with the fewest, or one of several shards on all; it stays there. */
    @Override
    public ResidentModel load(ModelSettings model, TensorSource state) throws IOException {
        if (model.shards() > 1) {
            return replicated(model, state);
        }
        EngineDevice device = devices.stream()
                .min(Comparator.comparingInt(EngineDevice::models))
                .orElseThrow();
        Capabilities capabilities = device.capabilities();
        capabilities.require(model);
        return load(device, model, capabilities.attention(model), state);
    }

    private ReplicatedModel replicated(ModelSettings model, TensorSource state) throws IOException {
        Capabilities capabilities = devices.getFirst().capabilities();
        capabilities.require(model);
        return new ReplicatedModel(devices, model, capabilities.attention(model), state);
    }

    @Override
    public ProteinModel open(ModelSettings model, boolean tokenDropout, TensorSource state) throws IOException {
        EngineDevice device = devices.stream()
                .min(Comparator.comparingInt(EngineDevice::models))
                .orElseThrow();
        Capabilities capabilities = device.capabilities();
        capabilities.require(model);
        return device.thread().call(() -> {
            NDManager manager = NDManager.newBaseManager(device.device(), ENGINE);
            try {
                DjlProteinModel opened = DjlProteinModel.open(
                        device, manager, model, tokenDropout, capabilities.readingAttention(model), state);
                device.entered();
                return opened;
            } catch (IOException | RuntimeException e) {
                manager.close();
                throw e;
            }
        });
    }

    /** As {@link #load(ModelSettings, TensorSource)} on the first device, with what tests look at. */
    DjlResidentModel load(ModelSettings model, Attention attention, TensorSource state) throws IOException {
        return load(devices.getFirst(), model, attention, state);
    }

    /** The thread of the first device, on which libtorch's own tools see what it does. */
    EngineThread thread() {
        return devices.getFirst().thread();
    }

    @Override
    public String deviceName() {
        return deviceName;
    }

    @Override
    public int threads() {
        return settings.threads();
    }

    @Override
    public void close() {
        devices.forEach(EngineDevice::close);
    }

    private static DjlResidentModel load(
            EngineDevice device, ModelSettings model, Attention attention, TensorSource state) throws IOException {
        return device.thread().call(() -> {
            NDManager manager = NDManager.newBaseManager(device.device(), ENGINE);
            try {
                DjlResidentModel loaded = DjlResidentModel.load(device, manager, model, attention, state);
                device.entered();
                return loaded;
            } catch (IOException | RuntimeException e) {
                manager.close();
                throw e;
            }
        });
    }

    private void startLibtorch() {
        Engine engine = Engine.getEngine(ENGINE);
        for (EngineDevice device : devices) {
            if (device.device().isGpu() && device.device().getDeviceId() >= engine.getGpuCount()) {
                throw new IllegalStateException("trainer.devices asks for cuda:"
                        + device.device().getDeviceId() + ", but libtorch of this process sees " + engine.getGpuCount()
                        + " GPUs (a node without one, or the image for CPUs)");
            }
        }
        JniUtils.setGraphExecutorOptimize(false);
        int running = JniUtils.getNumThreads();
        if (running != settings.threads()) {
            throw new IllegalStateException(
                    "libtorch of this process runs with " + running + " threads, asked for " + settings.threads());
        }
    }
}
