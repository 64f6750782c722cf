package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/**
 * The estimate of a batch's memory against the peak of the process. bfloat16 is measured on narrow models: CPUs without its
 * instructions are slow at it, and less of the peak is weights there.
 */
@EnabledIf("org.plmfrontier.trainer.djl.ProcessMemory#readable")
class ActivationMemoryTest {
    private static final int WARM_UP_LENGTH = 16;

    @ParameterizedTest
    @CsvSource({
        "ESM2,4,320,1280,20,16,128,FP32,FUSED_FLOAT32",
        "ESM2,4,320,1280,20,4,512,FP32,FUSED_FLOAT32",
        "ESM2,4,64,256,4,4,512,BF16,FUSED_FLOAT32",
        "ESM2,4,64,256,4,4,512,BF16,FUSED",
        "ESM2,4,64,256,4,4,512,BF16_RESIDUAL,FUSED_FLOAT32",
        "ESM2,8,128,512,4,4,512,FP32,FUSED_FLOAT32",
        "ESM2,1,320,1280,20,8,256,FP32,FUSED_FLOAT32",
        "ESM2,4,160,640,10,4,256,FP32,PLAIN",
        "CAUSAL,4,320,1280,20,8,256,FP32,FUSED_FLOAT32",
        "LSTM,3,323,323,1,8,256,FP32,FUSED_FLOAT32",
        "LSTM,3,96,96,1,8,256,BF16,FUSED_FLOAT32",
        "MODERN,4,320,896,20,8,256,FP32,FUSED_FLOAT32",
        "MODERN,4,160,448,10,4,256,FP32,PLAIN",
        "MODERN_CAUSAL,4,64,192,4,8,256,BF16,FUSED_FLOAT32",
    })
    void theEstimateBoundsThePeakAndIsNotFarAboveIt(
            Family family,
            int layers,
            int width,
            int ffn,
            int heads,
            int rows,
            int length,
            Precision precision,
            Attention attention)
            throws IOException {
        ModelShape plain = new ModelShape(family, layers, width, ffn, heads);
        ModelShape shape = plain.architecture().qkNorm() ? plain.withQkNorm() : plain;
        ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
        PaddedBatch batch = batch(shape, rows, length);
        long estimate = Networks.of(shape).activationBytes(Precision.FP32, batch.size(), attention == Attention.PLAIN);
        long perModel = Networks.of(shape).stepBytes();
        long peak = peak(Engines.shared(), settings, attention, batch);
        System.out.printf(
                "memory %s %s %s, %d x %d: estimated %.0f MB, peak %.0f MB (of it at most %.0f MB for gradients and weight copies)%n",
                family, precision, attention, rows, length, estimate / 1e6, peak / 1e6, perModel / 1e6);
        boolean rounded = precision.multipliesInBf16() && !ProcessorFlags.multipliesBf16();
        double share = rounded ? EngineDevice.LEFT_BY_ROUNDED : 1;
        assertThat(share * peak).isLessThan(estimate + perModel);
        assertThat(estimate).as("useless if far above").isLessThan(4 * peak);
    }

    /**
     * As on a GPU: products take bfloat16 itself, attention too, the estimate is that of the precision, and a fifth is left for
     * what the allocator cuts off. That of float32 needs some of it, since it decides parts on CPUs and stays; the others less.
     */
    @ParameterizedTest
    @CsvSource({
        "ESM2,8,64,256,4",
        "CAUSAL,8,64,256,4",
        "MODERN,24,64,192,4",
    })
    void theEstimateOfEachPrecisionBoundsThePeak(Family family, int layers, int width, int ffn, int heads)
            throws IOException {
        ModelShape plain = new ModelShape(family, layers, width, ffn, heads);
        ModelShape shape = plain.architecture().qkNorm() ? plain.withQkNorm() : plain;
        PaddedBatch batch = batch(shape, 8, 256);
        long perModel = Networks.of(shape).stepBytes();
        List<Long> estimates = new ArrayList<>();
        List<Long> peaks = new ArrayList<>();
        try (DjlTrainingEngine engine =
                DjlTrainingEngine.start(new EngineSettings(1, Path.of("target", "engine")), true)) {
            for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.BF16_RESIDUAL)) {
                ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
                long estimate = Networks.of(shape).activationBytes(precision, batch.size(), false);
                long peak = peak(engine, settings, Attention.FUSED, batch);
                estimates.add(estimate);
                peaks.add(peak);
                System.out.printf(
                        "memory %s %s as on a GPU: estimated %.0f MB, peak %.0f MB (of it at most %.0f MB for gradients and weight copies)%n",
                        family, precision, estimate / 1e6, peak / 1e6, perModel / 1e6);
                double share = precision.multipliesInBf16() ? 0.9 : 0.8;
                assertThat(share * peak).isLessThan(estimate + perModel);
                assertThat(estimate).as("useless if far above").isLessThan(2 * peak);
            }
        }
        assertThat(estimates).isSortedAccordingTo(Comparator.reverseOrder());
        // the two with bfloat16 lie within what a process's peak is known to
        assertThat(peaks.get(0)).isGreaterThan(11 * Math.max(peaks.get(1), peaks.get(2)) / 10);
    }

    /** Bytes that forward and backward of a batch need beside what is there before. */
    private static long peak(DjlTrainingEngine engine, ModelSettings settings, Attention attention, PaddedBatch batch)
            throws IOException {
        try (DjlResidentModel model = engine.load(settings, attention, new InitialWeights(1))) {
            model.micro(batch(settings.shape(), 1, WARM_UP_LENGTH), 1);
            long before = ProcessMemory.resident();
            ProcessMemory.forgetPeak();
            model.micro(batch, 1);
            return ProcessMemory.peak() - before;
        }
    }

    private static PaddedBatch batch(ModelShape shape, int rows, int length) {
        return PaddedBatch.of(
                Objective.of(shape.family(), Masking.BERT, 1)
                        .mask(Studies.records("c", 1, rows, length, 3).get(0), 0),
                false);
    }
}
