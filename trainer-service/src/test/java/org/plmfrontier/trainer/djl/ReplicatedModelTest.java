package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
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
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;
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
     * Each device sends of each of its sums of shards what it does not own, and all others what they keep of its parameters: for P
     * parameters, R of which products take in bfloat16, and devices d of Q(d) own ones and B(d) sums, 4 sum(B(d) (P - Q(d))) + (n -
     * 1) (4 (P - R) + 2 R) bytes. B is 1 for powers of two.
     */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "BF16", "BF16_RESIDUAL"})
    void theBytesExchangedAreThoseOfTheFormula(Precision precision) throws IOException {
        ModelSettings settings = settings(Family.ESM2, SHARDS).withPrecision(precision);
        long parameters = ParameterCount.of(settings.shape()).exact();
        long rounded = inBfloat16(settings);
        for (int devices = 1; devices <= 4; devices++) {
            try (DjlTrainingEngine engine = engine(devices);
                    ReplicatedModel model = (ReplicatedModel) engine.load(settings, new InitialWeights(3))) {
                step(model, batches(Family.ESM2, 0));
                long exchanged = (devices - 1) * (4 * (parameters - rounded) + 2 * rounded);
                for (int device = 0; device < devices; device++) {
                    long own = own(model.replicas().get(device));
                    assertThat(own).isBetween(parameters / devices / 2, 2 * parameters / devices);
                    exchanged += 4 * sums(device, devices) * (parameters - own);
                }
                System.out.printf(
                        "%s, %d devices: %d bytes exchanged, by the formula %d%n",
                        precision, devices, model.exchangedBytes(), exchanged);
                assertThat(model.exchangedBytes()).isEqualTo(exchanged);
            }
        }
    }

    /**
     * Between steps a device holds 12 bytes for each parameter of its own, and of the others 4, or 2 of those that products take in
     * bfloat16; no gradient.
     */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "BF16"})
    void eachDeviceHoldsTheStateOfItsOwnTensorsOnly(Precision precision) throws IOException {
        ModelSettings settings = settings(Family.ESM2, SHARDS).withPrecision(precision);
        long parameters = ParameterCount.of(settings.shape()).exact();
        long rounded = inBfloat16(settings);
        for (int devices : List.of(1, 2, 4)) {
            try (DjlTrainingEngine engine = engine(devices);
                    ReplicatedModel model = (ReplicatedModel) engine.load(settings, new InitialWeights(3))) {
                step(model, batches(Family.ESM2, 0));
                long held = 0;
                for (Replica replica : model.replicas()) {
                    held += onItsThread(replica, replica::heldBytes);
                }
                assertThat(held)
                        .as("%s, %d devices", precision, devices)
                        .isEqualTo(12 * parameters + (devices - 1) * (4 * (parameters - rounded) + 2 * rounded));
            }
        }
    }

    /** Numbers that products take in bfloat16 alone: weights and biases between embeddings and logits. On a CPU gains stay float32. */
    private static long inBfloat16(ModelSettings settings) {
        if (settings.precision() == Precision.FP32 || !ProcessorFlags.multipliesBf16()) {
            return 0;
        }
        return Networks.state(settings.shape()).parameters().stream()
                .filter(tensor ->
                        tensor.name().startsWith("layers.") || tensor.name().startsWith("lm_head.dense"))
                .filter(tensor -> !tensor.name().contains("layer_norm"))
                .mapToLong(TensorSpec::size)
                .sum();
    }

    private static long own(Replica replica) {
        return replica.firstMoments().stream().mapToLong(NDArray::size).sum();
    }

    private static long onItsThread(Replica replica, LongSupplier value) {
        return replica.device().thread().call(value::getAsLong);
    }

    /** Sums of shards that a device has, which stand together in the tree as far as they can. */
    private static long sums(int device, int devices) {
        return blocks(0, SHARDS, device * SHARDS / devices, (device + 1) * SHARDS / devices);
    }

    private static long blocks(int from, int size, int first, int end) {
        if (from >= end || from + size <= first) {
            return 0;
        }
        if (from >= first && from + size <= end) {
            return 1;
        }
        return blocks(from, size / 2, first, end) + blocks(from + size / 2, size / 2, first, end);
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
        return DjlTrainingEngine.start(
                new EngineSettings(1, Path.of("target", "engine"), Collections.nCopies(devices, "cpu")));
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
