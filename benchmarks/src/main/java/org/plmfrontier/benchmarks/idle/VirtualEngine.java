package org.plmfrontier.benchmarks.idle;

import java.util.function.Supplier;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.parameter.TensorSource;

/** An engine whose models are virtual. */
final class VirtualEngine implements TrainingEngine {
    private final Supplier<ResidentModel> models;

    VirtualEngine(Supplier<ResidentModel> models) {
        this.models = models;
    }

    @Override
    public ResidentModel load(ModelSettings settings, TensorSource state) {
        return models.get();
    }

    @Override
    public ProteinModel open(ModelSettings settings, boolean tokenDropout, TensorSource state) {
        throw new UnsupportedOperationException("a virtual model is not read");
    }

    @Override
    public String deviceName() {
        return "virtual";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void close() {
        // nothing was started
    }
}
