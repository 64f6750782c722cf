package org.plmfrontier.launcher.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;

/**
 * The study that the demo trains: shapes over a range of sizes, several budgets, one recipe. A constant rate
 * after a warm-up lets one run per shape serve all budgets and keeps the rate alive, so that a flat curve would mean
 * something.
 *
 * @param id study id; another definition must have another id
 * @param seeds of weights and masks; each is a run of its own of every model. The first splits the proteins, too
 */
public record DemoStudy(
        String id, List<ModelShape> shapes, Budgets budgets, Rate rate, Proteins proteins, List<Long> seeds) {
    /** Until when each model trains. */
    public sealed interface Budgets {
        /**
         * All models see the same numbers of tokens.
         *
         * @param tokens ascending
         * @param maxRunFlops cells of the grid that cost more are left out
         */
        record Tokens(List<Double> tokens, double maxRunFlops) implements Budgets {}

        /**
         * All models train over the same range of compute, so that a curve can overtake another one where both still train.
         *
         * @param flops ascending
         * @param maxEpochs cells that read the corpus more often are left out
         */
        record Flops(List<Double> flops, double maxEpochs) implements Budgets {}

        /** All models see the same numbers of tokens, whatever it costs. */
        static Budgets tokens(List<Double> tokens) {
            return new Tokens(tokens, 1e15);
        }
    }

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

    /**
     * Nine encoders of one block over a factor of 46 in parameters, from two seeds each, all over the same eight doublings of
     * compute: the smallest stop where they cannot learn more while larger ones pass them. About three minutes on two cores.
     */
    public static DemoStudy full() {
        return new DemoStudy(
                "demo",
                IntStream.of(2, 4, 6, 8, 10, 12, 16, 20, 24)
                        .mapToObj(width -> new ModelShape(Family.MODERN, 1, width, 2 * width, 1))
                        .toList(),
                new Budgets.Flops(List.of(5e8, 1e9, 2e9, 4e9, 8e9, 1.6e10, 3.2e10, 6.4e10, 1.28e11), 4),
                new Rate(6e-3, 1e4),
                new Proteins(128, 2048, 1000),
                List.of(1L, 2L));
    }

    /** Three small shapes and short budgets, enough for a forecast: the whole chain in about a minute, for tests. */
    public static DemoStudy fast() {
        return new DemoStudy(
                "demo-fast",
                List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 32, 2), ModelShape.esm2(2, 64, 4)),
                new Budgets.Tokens(List.of(5e4, 7e4, 1e5, 1.4e5, 2e5, 2.8e5, 4e5), 1e11),
                new Rate(4e-3, 2e4),
                new Proteins(128, 2048, 100),
                List.of(1L));
    }

    /** The same with another split, other weights and other masks, under an id of its own. The first is the study itself. */
    public DemoStudy withSeed(long number) {
        List<Long> others =
                seeds.stream().map(seed -> seed + (number - 1) * seeds.size()).toList();
        return number == 1 ? this : new DemoStudy(id + "-seed-" + number, shapes, budgets, rate, proteins, others);
    }

    /** Body of {@code POST /corpora}. */
    public Map<String, Object> corpusRequest(Path fasta) {
        return Map.of(
                "sources", List.of(fasta.toAbsolutePath().toString()),
                "heldOutSequences", proteins.heldOut(),
                "maxLength", proteins.maxLength(),
                "batchTokens", proteins.batchTokens(),
                "seed", seeds.getFirst());
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
        Map<String, Object> request = new HashMap<>(Map.of(
                "id", id,
                "corpus", corpusId,
                "shapes", grid,
                "recipe", Map.of("name", "frontier-default", "schedule", schedule),
                "seeds", seeds));
        switch (budgets) {
            case Budgets.Tokens of -> {
                request.put("tokenBudgets", of.tokens());
                request.put("maxRunFlops", of.maxRunFlops());
            }
            case Budgets.Flops of -> {
                request.put("flopBudgets", of.flops());
                request.put("maxEpochs", of.maxEpochs());
            }
        }
        return request;
    }
}
