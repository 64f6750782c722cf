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
        this.archive = ModelScript.archive(settings, attention, device.multipliesBf16());
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
                    NDList inputs = BatchArrays.plain(step, part);
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

    @Override
    public float[][][] hidden(PaddedBatch batch, int... layers) {
        requireLayers(layers);
        float[][][] states = new float[layers.length][batch.selected().length][];
        int[] asked = Arrays.stream(layers).map(this::numberInScript).toArray();
        int first = 0;
        for (PaddedBatch part : parts(batch)) {
            float[] flat = thread.call(() -> {
                try (NDManager step = manager.newSubManager()) {
                    NDList inputs = BatchArrays.plain(step, part);
                    inputs.add(step.create(asked));
                    return script.call("hidden", inputs).toFloatArray();
                }
            });
            int from = 0;
            for (int layer = 0; layer < layers.length; layer++) {
                int size = network.hiddenSize(layers[layer]);
                for (int place = first; place < first + part.selected().length; place++) {
                    states[layer][place] = Arrays.copyOfRange(flat, from, from + size);
                    from += size;
                }
            }
            first += part.selected().length;
        }
        return states;
    }

    /** The script counts the last layer behind the final norm apart. */
    private int numberInScript(int layer) {
        return layer == settings.shape().layers() ? layer + 1 : layer;
    }

    private void requireLayers(int[] layers) {
        boolean sound = layers.length > 0;
        int before = -1;
        for (int layer : layers) {
            sound &= layer > before && layer <= settings.shape().layers();
            before = layer;
        }
        if (!sound) {
            throw new IllegalArgumentException("layers must ascend from 0 to "
                    + settings.shape().layers() + " at most, got " + Arrays.toString(layers));
        }
    }

    @Override
    public boolean attends() {
        return network.attends();
    }

    @Override
    public void attention(PaddedBatch sequence, AttentionReader reader) {
        if (sequence.rows() != 1) {
            throw new IllegalArgumentException("attention is of one sequence, got " + sequence.rows());
        }
        if (!attends()) {
            throw new UnsupportedOperationException("the model has no attention maps");
        }
        NDManager step = thread.call(manager::newSubManager);
        try {
            NDList inputs = thread.call(
                    () -> new NDList(BatchArrays.plain(step, sequence).subList(0, 2)));
            NDArray x = thread.call(() -> script.call("embed", inputs));
            for (int layer = 0; layer < settings.shape().layers(); layer++) {
                NDList arguments = new NDList(inputs.head(), x);
                int number = layer;
                reader.read(layer, thread.call(() -> {
                    try (NDArray maps = ofLayer("attention", step, arguments, number)) {
                        return maps.toFloatArray();
                    }
                }));
                x = thread.call(() -> {
                    NDArray next = ofLayer("advance", step, arguments, number);
                    arguments.get(1).close();
                    return next;
                });
            }
        } finally {
            thread.call(() -> {
                step.close();
                return true;
            });
        }
    }

    private NDArray ofLayer(String method, NDManager step, NDList tokensAndStates, int layer) {
        NDList arguments = new NDList(tokensAndStates);
        arguments.add(step.create(layer));
        return script.call(method, arguments);
    }

    /** The batch in parts that fit beside what is on the device already. */
    private List<PaddedBatch> parts(PaddedBatch batch) {
        return StepMemory.of(device, settings, attention).parts(batch);
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
