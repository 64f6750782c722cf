package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.NextToken;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The causal decoder and the LSTM against PyTorch. */
class FamilyParityTest {
    private static final ModelShape CAUSAL = ModelShape.causal(2, 64, 4);
    private static final ModelShape LSTM = ModelShape.lstm(3, 24, 32);
    private static final int ROWS = 4;

    @ParameterizedTest
    @EnumSource(Attention.class)
    void theDecoderIsFairEsmsBlockUnderACausalMask(Attention attention) throws IOException {
        try (Fixture tiny = Fixture.open("tiny");
                Fixture extras = Fixture.open("extras");
                DjlResidentModel model = Engines.shared()
                        .load(new ModelSettings(CAUSAL, Optimizer.adamW()), attention, TinyParityTest.weights(tiny))) {
            PaddedBatch batch = PaddedBatch.of(new NextToken().mask(record(tiny.integers("clean_tokens")), 0), false);
            String what = "causal " + attention;
            TinyParityTest.assertLogits(what, model, batch, extras.values("causal.f64.logits"), 5e-5);
            double loss = model.micro(batch, 1.0 / batch.selected().length);
            Parity.report(what + " loss", Math.abs(loss - extras.scalar("causal.f64.loss")), 5e-6);
            double[] norms = extras.values("causal.grad_l2");
            double worst = 0;
            for (int i = 0; i < norms.length; i++) {
                worst = Math.max(worst, Math.abs(norm(model.gradients().get(i)) - norms[i]) / norms[i]);
            }
            Parity.report(what + " worst gradient norm, relative", worst, 3e-5);
        }
    }

    @Test
    void theLstmIsPyTorchsInLogitsLossAndEveryGradient() throws IOException {
        try (Fixture tiny = Fixture.open("tiny");
                Fixture extras = Fixture.open("extras");
                DjlResidentModel model = Engines.shared()
                        .load(
                                new ModelSettings(LSTM, Optimizer.adamW()),
                                Attention.FUSED_FLOAT32,
                                TinyParityTest.weights(extras, "lstm.param."))) {
            PaddedBatch batch = ReferenceBatch.of(ROWS, tiny.integers("tokens"), tiny.integers("labels"), false);
            TinyParityTest.assertLogits("lstm", model, batch, extras.values("lstm.f64.logits"), 5e-5);
            double loss = model.micro(batch, 1.0 / batch.selected().length);
            Parity.report("lstm loss", Math.abs(loss - extras.scalar("lstm.f64.loss")), 5e-6);
            List<TensorSpec> tensors = Networks.parameters(LSTM);
            double worst = 0;
            for (int i = 0; i < tensors.size(); i++) {
                double[] reference = extras.values("lstm.grad." + tensors.get(i).name());
                worst = Math.max(
                        worst, Parity.relativeDistance(model.gradients().get(i), reference));
            }
            Parity.report("lstm worst gradient, relative", worst, 3e-5);
        }
    }

    /** The rows of a padded batch back to back. */
    private static TokenBatch record(int[] tokens) {
        int columns = tokens.length / ROWS;
        List<Byte> real = new ArrayList<>();
        int[] lengths = new int[ROWS];
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] != Vocabulary.PAD) {
                real.add((byte) tokens[i]);
                lengths[i / columns]++;
            }
        }
        byte[] bytes = new byte[real.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = real.get(i);
        }
        assertThat(Arrays.stream(lengths).max()).hasValue(columns);
        return new TokenBatch("c", 0, bytes, lengths);
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
