package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.parameter.TensorSource;

/** libtorch through DJL's JNI layer, on the CPU. Thread-safe. */
public final class DjlTrainingEngine implements TrainingEngine {
    private static final String ENGINE = "PyTorch";

    private final EngineThread thread = new EngineThread();
    private final EngineSettings settings;

    private DjlTrainingEngine(EngineSettings settings) {
        this.settings = settings;
    }

    /**
     * Loads the native libraries.
     *
     * @throws IOException where they cannot be unpacked
     * @throws IllegalStateException where libtorch runs with another number of threads already
     */
    public static DjlTrainingEngine start(EngineSettings settings) throws IOException {
        Objects.requireNonNull(settings, "settings");
        Files.createDirectories(settings.nativeFolder());
        settings.export();
        DjlTrainingEngine engine = new DjlTrainingEngine(settings);
        engine.thread.call(engine::startLibtorch);
        return engine;
    }

    @Override
    public ResidentModel load(ModelSettings model, TensorSource state) throws IOException {
        requireSupported(model.precision());
        return load(model, Attention.FUSED_FLOAT32, state);
    }

    /** As {@link #load}, with what tests look at. */
    DjlResidentModel load(ModelSettings model, Attention attention, TensorSource state) throws IOException {
        return thread.call(() -> loadHere(model, attention, state));
    }

    private DjlResidentModel loadHere(ModelSettings model, Attention attention, TensorSource state)
            throws IOException {
        NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
        try {
            return DjlResidentModel.load(thread, manager, model, attention, state);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** A CPU has no tensor cores to round for; bfloat16 works on all of them, fast on those with AVX-512 or AMX. */
    private static void requireSupported(Precision precision) {
        if (precision == Precision.TF32) {
            throw new UnsupportedRecipeException("recipe.precision", precision, "the device cpu has FP32 and BF16 only");
        }
    }

    @Override
    public int threads() {
        return settings.threads();
    }

    @Override
    public void close() {
        thread.close();
    }

    private Integer startLibtorch() {
        ai.djl.engine.Engine.getEngine(ENGINE);
        JniUtils.setGraphExecutorOptimize(false);
        int running = JniUtils.getNumThreads();
        if (running != settings.threads()) {
            throw new IllegalStateException(
                    "libtorch of this process runs with " + running + " threads, asked for " + settings.threads());
        }
        return running;
    }
}
