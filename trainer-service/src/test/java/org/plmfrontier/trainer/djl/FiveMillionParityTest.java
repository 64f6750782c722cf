package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.Fixture;

/** Table 4's 5M model against fair-esm in float64: a padded batch, and one row of 1,026 tokens. */
class FiveMillionParityTest {
    private static final ModelShape SHAPE = Table4.byName().get("5M");
    private static final int VOCABULARY = 29;
    private static final long PROJECTION_SEED = 99;

    @ParameterizedTest
    @CsvSource({"short,4,tdon,true", "short,4,tdoff,false", "long,1,tdon,true", "long,1,tdoff,false"})
    void logitsLossAndGradientsAreThoseOfFairEsm(String part, int rows, String kind, boolean tokenDropout)
            throws IOException {
        try (Fixture fixture = Fixture.open("esm5m")) {
            DeterministicWeights weights =
                    new DeterministicWeights(2, fixture.metadata().get("weight_table"));
            try (DjlResidentModel model =
                    (DjlResidentModel) Engines.shared().load(new ModelSettings(SHAPE, Optimizer.adamW()), weights)) {
                PaddedBatch batch = ReferenceBatch.of(
                        rows, fixture.integers(part + ".tokens"), fixture.integers(part + ".labels"), tokenDropout);
                String prefix = part + "." + kind + ".f64.";
                String what = "5M " + part + " " + kind;
                Parity.report(what + " logits", logitDistance(model, batch, fixture.values(prefix + "logits")), 2e-4);
                double loss = model.micro(batch, 1.0 / batch.selected().length);
                Parity.report(what + " loss", Math.abs(loss - fixture.scalar(prefix + "loss")), 1e-5);
                compareGradients(
                        what, model, weights, fixture.values(prefix + "grad_l2"), fixture.values(prefix + "grad_dot"));
            }
        }
    }

    private static double logitDistance(DjlResidentModel model, PaddedBatch batch, double[] expected) {
        float[] logits = model.logits(batch);
        double worst = 0;
        for (int i = 0; i < logits.length; i++) {
            boolean real = batch.tokens()[i / VOCABULARY] != 0;
            worst = real ? Math.max(worst, Math.abs(logits[i] - expected[i])) : worst;
        }
        return worst;
    }

    private static void compareGradients(
            String what, DjlResidentModel model, DeterministicWeights weights, double[] norms, double[] dots) {
        List<TensorSpec> tensors = Networks.parameters(SHAPE);
        List<float[]> gradients = model.gradients();
        double worstNorm = 0;
        double worstDot = 0;
        for (int t = 0; t < tensors.size(); t++) {
            int place = weights.place(tensors.get(t).name());
            double squares = 0;
            double dot = 0;
            for (int i = 0; i < gradients.get(t).length; i++) {
                double g = gradients.get(t)[i];
                squares += g * g;
                dot += g * DeterministicWeights.signed(PROJECTION_SEED, place, i);
            }
            worstNorm = Math.max(worstNorm, Math.abs(Math.sqrt(squares) - norms[t]) / norms[t]);
            worstDot = Math.max(worstDot, Math.abs(dot - dots[t]) / norms[t]);
        }
        Parity.report(what + " gradient norms, relative", worstNorm, 1e-5);
        Parity.report(what + " gradient projections", worstDot, 5e-5);
    }
}
