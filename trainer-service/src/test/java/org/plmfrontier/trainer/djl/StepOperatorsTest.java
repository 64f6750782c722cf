package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/**
 * The operators of a training step, as libtorch's profiler counts them: those of a device that multiplies bfloat16, as GPUs do,
 * whatever this processor has.
 */
class StepOperatorsTest {
    /** Operators that read a number from the device, for which the host waits until all before it is computed. */
    private static final List<String> READS =
            List.of("aten::item", "aten::_local_scalar_dense", "aten::is_nonzero", "aten::equal", "aten::nonzero");

    private static final int ROWS = 3;

    /** Of a layer: rows joined and their gradients of queries, keys and values, and the heads' channels brought together. */
    private static final int ROW_BY_ROW = 5;

    /** Differences of ends, as whole numbers. */
    private static final int LENGTHS_ON_A_CPU = 2;

    /** Operators that only look at memory otherwise, or allocate it: nothing is launched. */
    private static final Set<String> VIEWS = Set.of(
            "aten::alias",
            "aten::as_strided",
            "aten::detach",
            "aten::empty",
            "aten::empty_like",
            "aten::empty_strided",
            "aten::expand",
            "aten::narrow",
            "aten::select",
            "aten::slice",
            "aten::requires_grad_",
            "aten::split",
            "aten::split_with_sizes",
            "aten::squeeze",
            "aten::t",
            "aten::transpose",
            "aten::unbind",
            "aten::unflatten",
            "aten::unsqueeze",
            "aten::view",
            "aten::view_as_complex",
            "aten::view_as_real",
            "aten::_conj",
            "aten::_unsafe_view");

    /** Operators that are others, one of which may launch something. */
    private static final Set<String> COMPOSITES = Set.of(
            "aten::contiguous",
            "aten::cross_entropy_loss",
            "aten::embedding_backward",
            "aten::flatten",
            "aten::index_select_backward",
            "aten::layer_norm",
            "aten::linear",
            "aten::matmul",
            "aten::reshape",
            "aten::resolve_conj",
            "aten::rms_norm",
            "aten::scaled_dot_product_attention",
            "aten::stack",
            "aten::to");

    /** Takes bfloat16 as a GPU does, whatever the processor has: rounding instead is further operators. */
    private static DjlTrainingEngine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = DjlTrainingEngine.start(new EngineSettings(1, Path.of("target", "engine")), true);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aStepReadsNoNumberBack(Family family) throws IOException {
        List<Precision> precisions = new ArrayList<>(List.of(Precision.FP32, Precision.BF16));
        if (family.architecture().residualStream()) {
            precisions.add(Precision.BF16_RESIDUAL);
        }
        for (Precision precision : precisions) {
            for (Attention attention : attentions(family)) {
                Map<String, Integer> operators =
                        operators(TinyShapes.of(family, 2), precision, attention, ROWS, Part.STEP);
                assertThat(operators).containsKeys("aten::_fused_adamw_", "aten::nll_loss_backward");
                assertThat(operators).doesNotContainKeys(READS.toArray(String[]::new));
            }
        }
    }

    private static List<Attention> attentions(Family family) {
        return family == Family.LSTM ? List.of(Attention.FUSED) : List.of(Attention.FUSED, Attention.PACKED);
    }

    /**
     * Packed rows as far as a CPU tells: one row, so that the kernel for one row at a time is called once a layer, as that of
     * variable length is on a GPU, which needs nothing of what makes rows and joins them.
     */
    @ParameterizedTest
    @CsvSource({"ESM2,FP32", "ESM2,BF16", "CAUSAL,BF16", "MODERN,BF16"})
    void packedRowsLaunchNoMoreThanPaddedOnes(Family family, Precision precision) throws IOException {
        ModelShape shape = TinyShapes.of(family, 2);
        int padded = launched(operators(shape, precision, Attention.FUSED, 1, Part.MICRO));
        int packed = launched(operators(shape, precision, Attention.PACKED, 1, Part.MICRO));
        int rowByRow = shape.layers() * ROW_BY_ROW + LENGTHS_ON_A_CPU;
        System.out.printf(
                "operators %s %s: %d padded, %d packed, row by row %d%n", family, precision, padded, packed, rowByRow);
        assertThat(packed - rowByRow).isLessThanOrEqualTo(padded);
    }

    /** Counted from two depths: an operator of each layer, and those of the rest. */
    @ParameterizedTest
    @CsvSource({
        "ESM2,FP32,38,52",
        "ESM2,BF16,48,56",
        "CAUSAL,BF16,46,55",
        "MODERN,BF16,137,59",
        "ESM2,BF16_RESIDUAL,42,60",
        "CAUSAL,BF16_RESIDUAL,40,59",
        "MODERN,BF16_RESIDUAL,135,63"
    })
    void aPartOfAStepLaunchesFewOperators(Family family, Precision precision, int perLayer, int rest)
            throws IOException {
        Map<String, Integer> two = operators(TinyShapes.of(family, 2), precision, Attention.FUSED, ROWS, Part.MICRO);
        Map<String, Integer> three = operators(TinyShapes.of(family, 3), precision, Attention.FUSED, ROWS, Part.MICRO);
        int layer = launched(three) - launched(two);
        int others = launched(two) - 2 * layer;
        System.out.printf("operators %s %s: %d per layer, %d others%n", family, precision, layer, others);
        assertThat(layer).isLessThanOrEqualTo(perLayer);
        assertThat(others).isLessThanOrEqualTo(rest);
    }

    private static int launched(Map<String, Integer> operators) {
        return operators.entrySet().stream()
                .filter(operator -> !VIEWS.contains(operator.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How often each operator was called by the script or by autograd, and not by another operator. */
    private Map<String, Integer> operators(
            ModelShape shape, Precision precision, Attention attention, int rows, Part part) throws IOException {
        ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
        Path trace = folder.resolve("trace.json");
        PaddedBatch batch = PaddedBatch.of(
                Objective.of(shape.family(), Masking.BERT, 1)
                        .mask(Studies.records("c", 1, rows, 20, 3).get(0), 0),
                false);
        assertThat(batch.isPadded()).isEqualTo(rows > 1);
        try (DjlResidentModel model = engine.load(settings, attention, new InitialWeights(1))) {
            model.step(List.of(batch), 1, 1e-3);
            if (part == Part.MICRO) {
                model.micro(batch, 1);
            }
            onEngine(() -> JniUtils.startProfile(false, false, false));
            if (part == Part.STEP) {
                model.step(List.of(batch), 1, 1e-3);
            } else {
                model.micro(batch, 1);
            }
            onEngine(() -> JniUtils.stopProfile(trace.toString()));
        }
        List<Call> calls = new ArrayList<>();
        for (JsonNode event : new ObjectMapper().readTree(trace.toFile())) {
            String name = event.path("name").asText();
            if (name.startsWith("aten::") && !COMPOSITES.contains(name)) {
                double from = event.path("ts").asDouble();
                calls.add(new Call(name, from, from + event.path("dur").asDouble()));
            }
        }
        calls.sort(Comparator.comparingDouble(Call::from).thenComparing(Call::to, Comparator.reverseOrder()));
        Map<String, Integer> counts = new TreeMap<>();
        double end = Double.NEGATIVE_INFINITY;
        for (Call call : calls) {
            if (call.from() >= end) {
                counts.merge(call.name(), 1, Integer::sum);
                end = call.to();
            }
        }
        return counts;
    }

    /** What is profiled: a step, or one part of its batch. */
    private enum Part {
        STEP,
        MICRO
    }

    /** An operator from its call to its return, microseconds. */
    private record Call(String name, double from, double to) {}

    private static void onEngine(Runnable action) {
        engine.thread().call(() -> {
            action.run();
            return true;
        });
    }
}
