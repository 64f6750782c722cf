package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.InitialWeights;

/** Rows one behind the other beside the same rows padded, row by row where a GPU has its kernel of variable length. */
class PackedAttentionTest {
    private static final int[] UNEQUAL = {3, 61, 7, 24, 60};
    private static final int[] ONE = {37};
    private static final int HEADS = 2;
    private static final int STEPS = 4;

    /** Both sum the same float32 numbers in another order. */
    private static final double FLOAT32 = 2e-5;
    /** Eight bits of bfloat16. */
    private static final double BFLOAT16 = 2e-2;

    static Stream<Arguments> models() {
        return Stream.of(Family.ESM2, Family.CAUSAL, Family.MODERN, Family.MODERN_CAUSAL)
                .flatMap(family -> Stream.of(8, 12, 20).map(channels -> Arguments.of(family, channels)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void packedRowsHaveLossAndGradientsOfPaddedOnes(Family family, int channels) throws IOException {
        for (int[] lengths : List.of(UNEQUAL, ONE)) {
            compare(family, channels, lengths, Precision.FP32, FLOAT32);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void soTheyHaveInBfloat16(Family family, int channels) throws IOException {
        compare(family, channels, UNEQUAL, Precision.BF16, BFLOAT16);
    }

    @ParameterizedTest
    @MethodSource("models")
    void packedRowsAreTrainedAndEvaluatedAsPaddedOnes(Family family, int channels) throws IOException {
        PaddedBatch batch = batch(family, UNEQUAL);
        double weight = 1.0 / batch.selected().length;
        try (DjlResidentModel padded = load(family, channels, Precision.FP32, Attention.FUSED);
                DjlResidentModel packed = load(family, channels, Precision.FP32, Attention.PACKED)) {
            for (int step = 0; step < STEPS; step++) {
                assertThat(packed.micro(batch, weight)).isCloseTo(padded.micro(batch, weight), within(1e-4));
                double norm = padded.apply(1e-3);
                assertThat(packed.apply(1e-3)).isCloseTo(norm, within(1e-3 * norm));
            }
            LossSums expected = padded.evaluate(batch);
            LossSums sums = packed.evaluate(batch);
            double near = 1e-4 * expected.total();
            assertThat(sums.total()).isCloseTo(expected.total(), within(near));
            assertThat(sums.mask()).isCloseTo(expected.mask(), within(near));
            assertThat(sums.random()).isCloseTo(expected.random(), within(near));
            assertThat(sums.unchanged()).isCloseTo(expected.unchanged(), within(near));
            assertThat(expected.total()).isPositive();
        }
    }

    /** The script with the kernel is loaded, and a CPU has none: so all else here went row by row. */
    @Test
    void theKernelIsMissedOnACpuAtItsCallOnly() throws IOException {
        assertThat(Engines.shared().thread().call(() -> {
                    try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
                        return VariableLengthKernel.missing(manager).orElse("");
                    }
                }))
                .contains("_flash_attention_forward", "'CPU' backend");
    }

    private static void compare(Family family, int channels, int[] lengths, Precision precision, double tolerance)
            throws IOException {
        PaddedBatch batch = batch(family, lengths);
        assertThat(batch.isPadded()).isEqualTo(lengths.length > 1);
        try (DjlResidentModel padded = load(family, channels, precision, Attention.FUSED);
                DjlResidentModel packed = load(family, channels, precision, Attention.PACKED)) {
            double loss = padded.micro(batch, 1);
            assertThat(packed.micro(batch, 1)).isCloseTo(loss, within(tolerance * loss));
            List<float[]> expected = padded.gradients();
            List<float[]> gradients = packed.gradients();
            double all = norm(expected);
            for (int i = 0; i < expected.size(); i++) {
                List<float[]> one = List.of(expected.get(i));
                // a gradient that is small beside the whole is rounding of what cancels in it
                assertThat(distance(gradients.get(i), expected.get(i)))
                        .as("gradient %d of %d numbers, norm %s", i, expected.get(i).length, norm(one))
                        .isLessThanOrEqualTo(tolerance * (norm(one) + 0.01 * all));
            }
        }
    }

    private static DjlResidentModel load(Family family, int channels, Precision precision, Attention attention)
            throws IOException {
        ModelShape shape = shape(family, channels * HEADS);
        ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
        return Engines.shared().load(settings, attention, new InitialWeights(3));
    }

    private static ModelShape shape(Family family, int width) {
        return switch (family) {
            case ESM2 -> ModelShape.esm2(2, width, HEADS);
            case CAUSAL -> ModelShape.causal(2, width, HEADS);
            case MODERN -> ModelShape.modern(2, width, HEADS).withQkNorm();
            case MODERN_CAUSAL -> ModelShape.modernCausal(2, width, HEADS);
            case LSTM -> throw new IllegalArgumentException("an LSTM does not attend");
        };
    }

    private static PaddedBatch batch(Family family, int[] lengths) {
        Random random = new Random(5);
        byte[] tokens = new byte[Arrays.stream(lengths).sum()];
        int end = 0;
        for (int length : lengths) {
            for (int i = end; i < end + length; i++) {
                tokens[i] = (byte) (Vocabulary.FIRST_RESIDUE + random.nextInt(20));
            }
            tokens[end] = Vocabulary.START;
            end += length;
            tokens[end - 1] = Vocabulary.END;
        }
        return PaddedBatch.of(
                Objective.of(family, Masking.BERT, 5).mask(new TokenBatch("packed", 0, tokens, lengths), 0),
                family == Family.ESM2);
    }

    private static double norm(List<float[]> arrays) {
        double squares = 0;
        for (float[] array : arrays) {
            for (float value : array) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }

    private static double distance(float[] left, float[] right) {
        double squares = 0;
        for (int i = 0; i < left.length; i++) {
            squares += Math.pow((double) left[i] - right[i], 2);
        }
        return Math.sqrt(squares);
    }
}
