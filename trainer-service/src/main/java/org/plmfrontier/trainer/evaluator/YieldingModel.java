package org.plmfrontier.trainer.evaluator;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;

/** A model whose calls leave the device to training in between. */
record YieldingModel(ProteinModel model, SpareTime time) implements ProteinModel {
    @Override
    public ModelShape shape() {
        return model.shape();
    }

    @Override
    public boolean tokenDropout() {
        return model.tokenDropout();
    }

    @Override
    public double[][] logProbabilities(PaddedBatch batch) {
        return time.use(() -> model.logProbabilities(batch));
    }

    @Override
    public float[][][] hidden(PaddedBatch batch, int... layers) {
        return time.use(() -> model.hidden(batch, layers));
    }

    @Override
    public boolean attends() {
        return model.attends();
    }

    @Override
    public void attention(PaddedBatch sequence, AttentionReader reader) {
        time.use(() -> {
            model.attention(sequence, reader);
            return true;
        });
    }

    @Override
    public void close() {
        model.close();
    }
}
