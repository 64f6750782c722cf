package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.plmfrontier.trainer.archive.TorchScriptArchive;

/** A loaded TorchScript object whose methods can be called. For the engine's thread only. */
final class ScriptModule implements AutoCloseable {
    private final NDManager manager;
    private final PtSymbolBlock block;
    private final Map<String, NDArray> methods = new HashMap<>();

    private ScriptModule(NDManager manager, PtSymbolBlock block) {
        this.manager = manager;
        this.block = block;
    }

    static ScriptModule load(NDManager manager, TorchScriptArchive archive) throws IOException {
        Path file = Files.createTempFile(archive.className(), ".pt");
        try {
            archive.write(file);
            return new ScriptModule(
                    manager,
                    JniUtils.loadModule((PtNDManager) manager, file, false, new String[0], new String[0], true));
        } finally {
            Files.delete(file);
        }
    }

    /**
     * Calls a method in training mode (the other modes of DJL switch autograd off for good).
     *
     * @param inputs arguments in order; the result belongs to the manager of the first one. Arrays named {@code x[]}
     *     are gathered into one list argument
     * @return the one tensor that all methods of the project's scripts return
     */
    NDArray call(String method, NDList inputs) {
        NDList arguments = new NDList(inputs);
        arguments.add(methods.computeIfAbsent(method, this::methodName));
        return IValueUtils.forward(block, arguments, true).head();
    }

    @Override
    public void close() {
        block.close();
    }

    /** DJL takes the method's name from the name of an extra argument. */
    private NDArray methodName(String method) {
        NDArray name = manager.create(0);
        name.setName("module_method:" + method);
        return name;
    }
}
