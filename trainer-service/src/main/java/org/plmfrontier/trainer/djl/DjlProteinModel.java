package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.batch.MicroBatches;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.parameter.TensorSource;

/** A model without moments and gradients. Each call's own arrays live in a manager that is closed at its end. */
final class DjlProteinModel implements ProteinModel {
    private final EngineDevice device;
    private final EngineThread thread;
    private final NDManager manager;
    private final ModelSettings settings;
    private final boolean tokenDropout;
    private final Attention attention;
    private final TorchScriptArchive archive;
    private final ScriptModule script;
    private final Network network;

    private DjlProteinModel(
            EngineDevice device, NDManager manager, ModelSettings settings, boolean tokenDropout, Attention attention)
            throws IOException {
        this.device = device;
        this.thread = device.thread();
        this.manager = manager;
        this.settings = settings;
        this.tokenDropout = tokenDropout;
        this.attention = attention;
        this.network = Networks.of(settings.shape());
        this.archive = ModelScript.archive(settings, attention);
        this.script = device.scripts().take(archive);
    }

    /** On the device's thread. */
    static DjlProteinModel open(
            EngineDevice device,
            NDManager manager,
            ModelSettings settings,
            boolean tokenDropout,
            Attention attention,
            TensorSource state)
            throws IOException {
        DjlProteinModel model = new DjlProteinModel(device, manager, settings, tokenDropout, attention);
        NDList parameters = DeviceTensors.read(manager, model.network.parameters(), state);
        parameters.forEach(parameter -> parameter.setName("p[]"));
        model.script.call("read_only", parameters).close();
        return model;
    }

    @Override
    public ModelShape shape() {
        return settings.shape();
    }

    @Override
    public boolean tokenDropout() {
        return tokenDropout;
    }

    @Override
    public double[][] logProbabilities(PaddedBatch batch) {
        double[][] rows = new double[batch.selected().length][];
        int next = 0;
        for (PaddedBatch part : parts(batch)) {
            double[] flat = thread.call(() -> {
                try (NDManager step = manager.newSubManager()) {
                    NDList inputs =
                            new NDList(DjlResidentModel.inputs(step, part).subList(0, 3));
                    NDArray result = script.call("log_probabilities", inputs);
                    return result.toDoubleArray();
                }
            });
            for (int from = 0; from < flat.length; from += Vocabulary.SIZE) {
                rows[next++] = Arrays.copyOfRange(flat, from, from + Vocabulary.SIZE);
            }
        }
        return rows;
    }

    /** The batch in parts that fit beside what is on the device already. */
    private List<PaddedBatch> parts(PaddedBatch batch) {
        boolean plain = attention == Attention.PLAIN;
        return MicroBatches.of(batch, part -> network.activationBytes(part, plain), device.activationBytes(settings));
    }

    @Override
    public void close() {
        thread.call(() -> {
            device.scripts().giveBack(archive, script);
            manager.close();
            device.left();
            return true;
        });
    }
}
