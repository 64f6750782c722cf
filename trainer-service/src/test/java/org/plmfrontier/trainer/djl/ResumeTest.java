package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.SelfTest;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.Studies;

class ResumeTest {
    private static final ModelSettings SETTINGS = new ModelSettings(ModelShape.esm2(2, 32, 2), Optimizer.adamW());

    private static final Map<Family, ModelShape> SHAPES = Map.of(
            Family.ESM2, SETTINGS.shape(),
            Family.CAUSAL, ModelShape.causal(2, 32, 2),
            Family.LSTM, ModelShape.lstm(2, 24, 32),
            Family.MODERN, ModelShape.modern(2, 32, 2).withQkNorm(),
            Family.MODERN_CAUSAL, ModelShape.modernCausal(2, 32, 2));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ESM2,FP32",
        "ESM2,BF16",
        "ESM2,BF16_RESIDUAL",
        "CAUSAL,FP32",
        "CAUSAL,BF16",
        "CAUSAL,BF16_RESIDUAL",
        "LSTM,FP32",
        "LSTM,BF16",
        "MODERN,FP32",
        "MODERN,BF16",
        "MODERN,BF16_RESIDUAL",
        "MODERN_CAUSAL,FP32",
        "MODERN_CAUSAL,BF16",
        "MODERN_CAUSAL,BF16_RESIDUAL"
    })
    void aRestoredModelContinuesBitForBit(Family family, Precision precision)
            throws IOException, CheckpointRefusedException {
        ModelShape shape = Objects.requireNonNull(SHAPES.get(family));
        ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
        FolderCheckpoints store = new FolderCheckpoints(folder, "t");
        StateLayout layout = Networks.state(shape);
        Map<String, byte[]> undisturbed;
        String name;
        try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(5))) {
            train(model, family, 0, 6);
            name = store.save("run", new RunProgress(6, 6, 1, 1, 1), layout, model::save);
            train(model, family, 6, 12);
            undisturbed = bits(model);
        }
        try (SavedState state = store.open(name, "run", layout);
                ResidentModel model = Engines.shared().load(settings, state)) {
            train(model, family, 6, 12);
            assertThat(bits(model)).containsExactlyEntriesOf(undisturbed);
        }
    }

    @Test
    void aCopyOfAStateStaysAsItWasWhileTheModelTrainsOnAndIsGone() throws IOException {
        Map<String, byte[]> before;
        StateSnapshot copy;
        try (ResidentModel model = Engines.shared().load(SETTINGS, new InitialWeights(5))) {
            train(model, Family.ESM2, 0, 4);
            before = bits(model);
            copy = model.snapshot();
            train(model, Family.ESM2, 4, 6);
            assertThat(bits(model)).isNotEqualTo(before);
            assertThat(bits(copy::save)).containsExactlyEntriesOf(before);
        }
        try (StateSnapshot last = copy) {
            assertThat(bits(last::save)).as("again, when the model is closed").containsExactlyEntriesOf(before);
        }
    }

    @Test
    void twoModelsSideBySideDoNotDisturbEachOther() throws IOException {
        Map<String, byte[]> alone;
        try (ResidentModel model = Engines.shared().load(SETTINGS, new InitialWeights(5))) {
            train(model, Family.ESM2, 0, 4);
            alone = bits(model);
        }
        try (ResidentModel model = Engines.shared().load(SETTINGS, new InitialWeights(5));
                ResidentModel other = Engines.shared().load(SETTINGS, new InitialWeights(6))) {
            for (int step = 0; step < 4; step++) {
                train(model, Family.ESM2, step, step + 1);
                train(other, Family.ESM2, step, step + 1);
            }
            assertThat(bits(model)).containsExactlyEntriesOf(alone);
            assertThat(bits(other)).isNotEqualTo(alone);
        }
    }

    @Test
    void gradientsOfSeveralRecordsAddUpToThatOfOneBatch() throws IOException {
        TokenBatch record = Studies.records("c", 1, 4, 30, 3).get(0);
        PaddedBatch batch = batch(record, 0);
        try (DjlResidentModel model = (DjlResidentModel) Engines.shared().load(SETTINGS, new InitialWeights(5))) {
            double whole = model.micro(batch, 1.0 / batch.selected().length);
            double[] expected = doubles(model.gradients().get(0));
            model.apply(0);
            double half = model.micro(batch, 0.5 / batch.selected().length)
                    + model.micro(batch, 0.5 / batch.selected().length);
            assertThat(half).isCloseTo(whole, org.assertj.core.data.Offset.offset(1e-6));
            Parity.report(
                    "two half records",
                    Parity.relativeDistance(model.gradients().get(0), expected),
                    1e-6);
        }
    }

    @Test
    void theSelfTestPasses() throws IOException {
        SelfTest.run(Engines.shared());
        assertThat(Engines.shared().threads()).isEqualTo(1);
    }

    private static void train(ResidentModel model, Family family, int from, int to) {
        Objective objective = Objective.of(family, Masking.BERT, 1);
        for (TokenBatch record : Studies.records("c", to, 4, 30, 3).subList(from, to)) {
            PaddedBatch batch = PaddedBatch.of(objective.mask(record, record.index()), family == Family.ESM2);
            model.micro(batch, 1.0 / batch.selected().length);
            model.apply(1e-3);
        }
    }

    private static PaddedBatch batch(TokenBatch record, long position) {
        return PaddedBatch.of(new ResidueMasking(Masking.BERT, 1).mask(record, position), true);
    }

    private static Map<String, byte[]> bits(ResidentModel model) throws IOException {
        return bits(model::save);
    }

    private static Map<String, byte[]> bits(CheckpointStore.StateWriter state) throws IOException {
        Map<String, byte[]> bits = new LinkedHashMap<>();
        state.writeTo((tensor, values) -> bits.put(tensor.name(), copy(values)));
        return bits;
    }

    private static byte[] copy(ByteBuffer values) {
        byte[] copy = new byte[values.remaining()];
        values.get(copy);
        return copy;
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
