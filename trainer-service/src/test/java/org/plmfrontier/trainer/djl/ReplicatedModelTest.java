package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.PendingStep;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.slice.Studies;

/** One run on one, two, three and four devices, all of them this CPU. */
class ReplicatedModelTest {
    private static final int SHARDS = 8;
    private static final int RECORDS = 13;
    private static final double RATE = 3e-3;

    /** What a model says and holds after some steps. */
    private record Trained(List<PendingStep.Numbers> steps, LossSums heldOut, Map<String, ByteBuffer> state) {}

    @ParameterizedTest
    @EnumSource(Family.class)
    void theBitsDoNotDependOnTheNumberOfDevices(Family family) throws IOException {
        ModelSettings settings = settings(family, SHARDS);
        Trained alone = train(settings, 1, new InitialWeights(3), 0, 4);
        for (int devices = 2; devices <= 4; devices++) {
            assertThat(train(settings, devices, new InitialWeights(3), 0, 4))
                    .as("%d devices", devices)
                    .isEqualTo(alone);
        }
        Trained half = train(settings, 4, new InitialWeights(3), 0, 2);
        Trained resumed = train(settings, 3, source(half.state()), 2, 4);
        assertThat(resumed.steps()).isEqualTo(alone.steps().subList(2, 4));
        assertThat(resumed.state()).isEqualTo(alone.state());
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BF16", "BF16_RESIDUAL"})
    void bfloat16TooHasTheSameBitsOnAnyNumberOfDevices(Precision precision) throws IOException {
        ModelSettings settings = settings(Family.ESM2, SHARDS).withPrecision(precision);
        assertThat(train(settings, 3, new InitialWeights(3), 0, 3))
                .isEqualTo(train(settings, 1, new InitialWeights(3), 0, 3));
    }

    @Test
    void shardsAreAnotherOrderOfSummationAndNothingElse() throws IOException {
        Trained sharded = train(settings(Family.ESM2, SHARDS), 2, new InitialWeights(3), 0, 4);
        Trained whole = train(settings(Family.ESM2, 1), 2, new InitialWeights(3), 0, 4);
        for (int step = 0; step < 4; step++) {
            assertThat(sharded.steps().get(step).lossNats())
                    .isCloseTo(whole.steps().get(step).lossNats(), within(1e-5));
            assertThat(sharded.steps().get(step).gradientNorm())
                    .isCloseTo(whole.steps().get(step).gradientNorm(), within(1e-4));
        }
    }

    /** A step without enough records for all shards, and one of a single record. */
    @Test
    void shardsWithoutARecordAreLeftOut() throws IOException {
        ModelSettings settings = settings(Family.ESM2, SHARDS);
        for (int records : List.of(1, 3)) {
            List<PendingStep.Numbers> numbers = new ArrayList<>();
            for (int devices : List.of(1, 3)) {
                try (DjlTrainingEngine engine = engine(devices);
                        ResidentModel model = engine.load(settings, new InitialWeights(3))) {
                    numbers.add(step(model, batches(Family.ESM2, 0).subList(0, records)));
                }
            }
            assertThat(numbers.get(1)).isEqualTo(numbers.get(0));
        }
    }

    /**
     * Gradients are summed towards the first device, parts of the sum go from there to the others, and each device's parameters to
     * all others: for P parameters of which the first device has Q, and T sums whose two sides are on different devices, 4 T P + 4 (P
     * - Q) + 4 (n - 1) P bytes. T is n - 1 for powers of two.
     */
    @Test
    void theBytesExchangedAreThoseOfTheFormula() throws IOException {
        ModelSettings settings = settings(Family.ESM2, SHARDS);
        long parameters = ParameterCount.of(settings.shape()).exact();
        for (int devices = 1; devices <= 4; devices++) {
            try (DjlTrainingEngine engine = engine(devices);
                    ReplicatedModel model = (ReplicatedModel) engine.load(settings, new InitialWeights(3))) {
                step(model, batches(Family.ESM2, 0));
                long others = devices - 1;
                long exchanged = 4
                        * ((sumsAcross(0, SHARDS, devices) + others) * parameters + parameters - model.firstNumbers());
                System.out.printf(
                        "%d devices: %d bytes exchanged, by the formula %d%n",
                        devices, model.exchangedBytes(), exchanged);
                assertThat(model.exchangedBytes()).isEqualTo(exchanged);
                assertThat(model.firstNumbers()).isBetween(parameters / devices / 2, 2 * parameters / devices);
            }
        }
    }

    /** Sums of neighbouring blocks that begin on different devices. */
    private static long sumsAcross(int from, int size, int devices) {
        if (size == 1) {
            return 0;
        }
        int middle = from + size / 2;
        long here = device(from, devices) == device(middle, devices) ? 0 : 1;
        return here + sumsAcross(from, size / 2, devices) + sumsAcross(middle, size / 2, devices);
    }

    private static int device(int shard, int devices) {
        int device = 0;
        while ((device + 1) * SHARDS / devices <= shard) {
            device++;
        }
        return device;
    }

    @Test
    void aGradientThatIsNoNumberChangesNothing() throws IOException {
        ModelSettings settings = settings(Family.ESM2, SHARDS);
        try (DjlTrainingEngine engine = engine(2);
                ResidentModel model = engine.load(settings, new InitialWeights(3))) {
            Map<String, ByteBuffer> before = state(model);
            PendingStep.Numbers broken =
                    model.step(batches(Family.ESM2, 0), Double.NaN, RATE).await();
            assertThat(broken.lossNats()).isNaN();
            assertThat(state(model)).isEqualTo(before);
        }
    }

    @Test
    void shardsAreAPowerOfTwo() {
        assertThatThrownBy(() -> new ReductionTree(6)).hasMessageContaining("power of two, got 6");
    }

    private static Trained train(ModelSettings settings, int devices, TensorSource state, int from, int to)
            throws IOException {
        try (DjlTrainingEngine engine = engine(devices);
                ResidentModel model = engine.load(settings, state)) {
            List<PendingStep.Numbers> steps = new ArrayList<>();
            for (int step = from; step < to; step++) {
                steps.add(step(model, batches(settings.shape().family(), step)));
            }
            LossSums heldOut =
                    model.evaluate(batches(settings.shape().family(), 9).getFirst());
            return new Trained(steps, heldOut, state(model));
        }
    }

    private static PendingStep.Numbers step(ResidentModel model, List<PaddedBatch> batches) {
        int places = batches.stream().mapToInt(batch -> batch.selected().length).sum();
        return model.step(batches, 1.0 / places, RATE).await();
    }

    private static List<PaddedBatch> batches(Family family, int step) {
        return Studies.records("c", RECORDS, 4, 30, 3 + step).stream()
                .map(record ->
                        PaddedBatch.of(Objective.of(family, Masking.BERT, 1).mask(record, step), family == Family.ESM2))
                .toList();
    }

    private static ModelSettings settings(Family family, int shards) {
        return new ModelSettings(TinyShapes.of(family), Optimizer.adamW(), Precision.FP32, false, shards);
    }

    private static DjlTrainingEngine engine(int devices) throws IOException {
        return DjlTrainingEngine.start(new EngineSettings(
                1, Path.of("target", "engine"), Collections.nCopies(devices, "cpu")));
    }

    private static Map<String, ByteBuffer> state(ResidentModel model) throws IOException {
        Map<String, ByteBuffer> state = new HashMap<>();
        model.save((tensor, values) -> {
            ByteBuffer copy = ByteBuffer.allocate(values.remaining()).order(values.order());
            copy.put(values.duplicate()).flip();
            state.put(tensor.name(), copy);
        });
        return state;
    }

    private static TensorSource source(Map<String, ByteBuffer> state) {
        return tensor -> {
            ByteBuffer values = state.get(tensor.name()).duplicate();
            return values.order(java.nio.ByteOrder.LITTLE_ENDIAN);
        };
    }
}
