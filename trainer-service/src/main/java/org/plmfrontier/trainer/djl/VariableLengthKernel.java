package org.plmfrontier.trainer.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.trainer.archive.Attribute;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.network.Script;

/**
 * Whether a device has attention of variable length. That depends on how its libtorch was built and on the GPU: the kernel needs
 * compute capability 8.0, and libtorch has no operator that would tell. So it is tried once, forward and back.
 */
final class VariableLengthKernel {
    /** More channels of a head have no backward pass on some GPUs (libtorch's own choice of kernels says the same). */
    static final int MOST_CHANNELS = 192;

    /** Rows of a batch are a grid's second dimension. */
    static final int MOST_ROWS = 65_535;

    private static final String PROBE = "kernel.torchscript";

    private VariableLengthKernel() {}

    /**
     * Tries it on the manager's device; on the device's thread.
     *
     * @return why it is not there, empty where it is
     */
    static Optional<String> missing(NDManager manager) throws IOException {
        String text = Script.read(ModelScript.class, ModelScript.ROWS)
                + Script.attention()
                + Script.read(VariableLengthKernel.class, PROBE);
        TorchScriptArchive archive =
                new TorchScriptArchive("Model", text, Map.of("training", new Attribute.Flag(true)));
        try (NDManager trial = manager.newSubManager();
                ScriptModule script = ScriptModule.load(trial, archive)) {
            NDArray rows = trial.ones(new Shape(3, 1, 12), DataType.FLOAT32);
            script.call("attend", new NDList(rows, trial.create(new int[] {0, 1, 3})))
                    .toFloatArray();
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
