package org.plmfrontier.launcher.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.model.ModelShape;

/**
 * The study that the demo trains: ESM-2 shapes over a range of sizes, several token budgets, one recipe. A constant rate
 * after a warm-up lets one run per shape serve all budgets and keeps the rate alive, so that a flat curve would mean
 * something.
 *
 * @param id study id; another definition must have another id
 * @param tokenBudgets ascending
 * @param maxRunFlops cells of the grid that cost more are left out: small models need many tokens until a larger one
 *     overtakes them, large ones would cost the whole demo there
 */
public record DemoStudy(
        String id,
        List<ModelShape> shapes,
        List<Double> tokenBudgets,
        double maxRunFlops,
        Rate rate,
        Proteins proteins) {
    /**
     * The learning rate.
     *
     * @param peak of AdamW, after the warm-up
     * @param warmupTokens tokens of linear warm-up
     */
    public record Rate(double peak, double warmupTokens) {}

    /**
     * How proteins become the corpus.
     *
     * @param maxLength most tokens of a sequence
     * @param batchTokens most tokens of a batch
     * @param heldOut proteins that are never trained on
     */
    public record Proteins(int maxLength, int batchTokens, int heldOut) {}

    /** Five shapes over a factor of 38 in parameters and five budgets; about four minutes on two cores. */
    public static DemoStudy full() {
        return new DemoStudy(
                "demo",
                List.of(
                        ModelShape.esm2(1, 16, 1),
                        ModelShape.esm2(1, 32, 2),
                        ModelShape.esm2(2, 32, 2),
                        ModelShape.esm2(2, 48, 3),
                        ModelShape.esm2(2, 80, 5)),
                List.of(1.5e5, 3e5, 6e5, 1.2e6, 2.4e6),
                6e12,
                new DemoStudy.Rate(4e-3, 5e4),
                new DemoStudy.Proteins(256, 2048, 200));
    }

    /** Three small shapes and short budgets, enough for a forecast: the whole chain in about a minute, for tests. */
    public static DemoStudy fast() {
        return new DemoStudy(
                "demo-fast",
                List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 32, 2), ModelShape.esm2(2, 64, 4)),
                List.of(5e4, 7e4, 1e5, 1.4e5, 2e5, 2.8e5, 4e5),
                1e11,
                new DemoStudy.Rate(4e-3, 2e4),
                new DemoStudy.Proteins(128, 2048, 100));
    }

    /** Body of {@code POST /corpora}. */
    public Map<String, Object> corpusRequest(Path fasta) {
        return Map.of(
                "sources", List.of(fasta.toAbsolutePath().toString()),
                "heldOutSequences", proteins.heldOut(),
                "maxLength", proteins.maxLength(),
                "batchTokens", proteins.batchTokens(),
                "seed", 1);
    }

    /** Body of {@code POST /studies}. */
    public Map<String, Object> studyRequest(String corpusId) {
        List<Map<String, Object>> grid = new ArrayList<>();
        for (ModelShape shape : shapes) {
            grid.add(Map.of(
                    "family", shape.family().name(),
                    "layers", shape.layers(),
                    "dModel", shape.dModel(),
                    "ffnSize", shape.ffnSize(),
                    "heads", shape.heads()));
        }
        Map<String, Object> schedule =
                Map.of("kind", "constant", "peakLearningRate", rate.peak(), "warmupTokens", rate.warmupTokens());
        return Map.of(
                "id", id,
                "corpus", corpusId,
                "shapes", grid,
                "tokenBudgets", tokenBudgets,
                "maxRunFlops", maxRunFlops,
                "recipe", Map.of("name", "frontier-default", "schedule", schedule),
                "seeds", List.of(1));
    }
}
