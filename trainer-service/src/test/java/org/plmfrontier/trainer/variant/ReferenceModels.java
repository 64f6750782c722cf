package org.plmfrontier.trainer.variant;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.djl.DeterministicWeights;
import org.plmfrontier.trainer.djl.Engines;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The models of the fixtures, open for reading. */
public final class ReferenceModels {
    private ReferenceModels() {}

    /** Table 4's 5M with weights by formula, token dropout on. */
    public static ProteinModel masked() {
        try (Fixture fixture = Fixture.open("esm5m")) {
            DeterministicWeights weights =
                    new DeterministicWeights(2, fixture.metadata().get("weight_table"));
            ModelSettings settings = new ModelSettings(Table4.byName().get("5M"), Optimizer.adamW());
            return Engines.shared().open(settings, true, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The small decoder. */
    public static ProteinModel causal() {
        try (Fixture fixture = Fixture.open("tiny")) {
            ModelSettings settings = new ModelSettings(ModelShape.causal(2, 64, 4), Optimizer.adamW());
            return Engines.shared().open(settings, false, tensor -> fixture.bytes("param." + tensor.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
