package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.BatchSize;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.slice.Studies;

/** In how many parts a step is computed: 50 records of 4 rows of 256 tokens, 51,200 tokens. */
class StepMemoryTest {
    private static final int RECORDS = 50;
    private static final long GIB = 1L << 30;
    /** Weights, gradients and two moments, and a step's own copies, in float32. */
    private static final int BYTES_PER_PARAMETER = 6 * Float.BYTES;

    private final List<PaddedBatch> step = Studies.records("c", RECORDS, 4, 256, 3).stream()
            .map(record -> PaddedBatch.of(new ResidueMasking(Masking.BERT, 1).mask(record, 0), true))
            .toList();

    /** Of 80 and 40 GiB, a fifth is left for what the allocator cuts off. */
    @ParameterizedTest
    @CsvSource({
        "5M,80,1,1,1", "15M,80,1,1,1", "35M,80,1,1,1", "150M,80,1,1,2", "650M,80,3,3,4",
        "5M,40,1,1,1", "15M,40,1,1,1", "35M,40,1,1,1", "150M,40,2,2,3", "650M,40,6,7,10",
    })
    void aStepIsAsFewPartsAsTheDeviceHolds(String size, int gib, int withResidual, int inBf16, int inFloat32) {
        assertThat(parts(size, gib, Precision.BF16_RESIDUAL)).isEqualTo(withResidual);
        assertThat(parts(size, gib, Precision.BF16)).isEqualTo(inBf16);
        assertThat(parts(size, gib, Precision.FP32)).isEqualTo(inFloat32);
    }

    @Test
    void fixedPartsAreThoseOfEachRecordWhateverThePrecision() {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.BF16_RESIDUAL)) {
            StepMemory memory = new StepMemory(settings("5M", precision), Attention.FUSED, true, () -> 2 * GIB);
            assertThat(memory.together(step)).isEqualTo(step);
        }
    }

    /** Records of 51,200 tokens: a GPU's default leaves few parts, though they are counted in float32. */
    @ParameterizedTest
    @CsvSource({"5M,1,4", "15M,1,8", "35M,2,15", "150M,6,50", "650M,12,100"})
    void deterministicRunsOnAGpuHaveFewParts(String size, int onAGpu, int onACpu) {
        EngineSettings settings = new EngineSettings(1, Path.of("engine"));
        List<PaddedBatch> record = List.of(batch(200, 256));
        assertThat(fixed(size, settings.activationBytes(true)).together(record)).hasSize(onAGpu);
        assertThat(fixed(size, settings.activationBytes(false)).together(record))
                .hasSize(onACpu);
    }

    private static StepMemory fixed(String size, long bytes) {
        return new StepMemory(settings(size, Precision.FP32), Attention.FUSED, true, () -> bytes);
    }

    /** A row of 1,024 tokens beside many short ones: padded, each of them would be as long. */
    @Test
    void packedRowsAreBoundedByTheirOwnTokens() {
        List<PaddedBatch> unequal = new ArrayList<>(List.of(batch(1, 1_000)));
        for (int i = 0; i < RECORDS; i++) {
            unequal.add(batch(4, 20));
        }
        long tokens = unequal.stream().mapToLong(batch -> batch.size().packed()).sum();
        ModelSettings settings = settings("5M", Precision.BF16);
        BatchSize half = new BatchSize(1, (int) tokens * 2 / 3, tokens * 2 / 3, (int) tokens);
        long bound = Networks.of(settings.shape()).activationBytes(Precision.BF16, half, false);
        List<PaddedBatch> packed = new StepMemory(settings, Attention.PACKED, false, () -> bound).together(unequal);
        List<PaddedBatch> padded = new StepMemory(settings, Attention.FUSED, false, () -> bound).together(unequal);
        assertThat(packed).hasSize(2);
        assertThat(padded.size()).isGreaterThan(2);
        assertThat(packed.stream().mapToLong(batch -> batch.size().packed()).sum())
                .isEqualTo(tokens);
        assertThat(packed)
                .allSatisfy(part -> assertThat(Networks.of(settings.shape())
                                .activationBytes(Precision.BF16, part.size().asOneRow(), false))
                        .isLessThanOrEqualTo(bound));
    }

    @Test
    void aPartHasNoMoreRowsThanTheKernelTakes() {
        int rows = VariableLengthKernel.MOST_ROWS + 1;
        int[] tokens = new int[rows];
        Arrays.fill(tokens, Vocabulary.START);
        int[] selected = IntStream.range(0, rows).toArray();
        PaddedBatch many = new PaddedBatch(rows, 1, tokens, new float[rows], selected, new long[rows]);
        StepMemory memory =
                new StepMemory(settings("5M", Precision.BF16), Attention.PACKED, false, () -> Long.MAX_VALUE - 1);
        assertThat(memory.together(List.of(many)).stream().map(PaddedBatch::rows))
                .containsExactly(VariableLengthKernel.MOST_ROWS, 1);
    }

    private static PaddedBatch batch(int rows, int length) {
        return PaddedBatch.of(
                new ResidueMasking(Masking.BERT, 1)
                        .mask(Studies.records("c", 1, rows, length, 3).getFirst(), 0),
                true);
    }

    private int parts(String size, int gib, Precision precision) {
        double weights = (double) BYTES_PER_PARAMETER
                * ParameterCount.of(Table4.byName().get(size)).exact();
        long free = (long) (0.8 * gib * GIB - weights);
        return new StepMemory(settings(size, precision), Attention.FUSED, false, () -> free)
                .together(step)
                .size();
    }

    private static ModelSettings settings(String size, Precision precision) {
        return new ModelSettings(Table4.byName().get(size), Optimizer.adamW()).withPrecision(precision);
    }
}
