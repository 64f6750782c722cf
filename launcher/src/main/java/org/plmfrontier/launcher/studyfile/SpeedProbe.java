package org.plmfrontier.launcher.studyfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;

/**
 * Trains a few steps of small models, so that the dataset service knows how fast this suite's trainers are. The study it takes
 * is deleted when it is over.
 */
public final class SpeedProbe {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final List<ModelShape> SHAPES =
            List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 48, 3), ModelShape.esm2(3, 160, 10));

    /** Tokens of a run at least and at most, and what it may cost: small models see more. */
    private static final List<Double> TOKENS = List.of(2e4, 5e4, 1.5e5);

    private static final double MOST_FLOPS = 2e11;

    private final RestClient dataset;
    private final String corpus;

    public SpeedProbe(RestClient dataset, String corpus) {
        this.dataset = dataset;
        this.corpus = corpus;
    }

    /**
     * Measures, in about a quarter of a minute on two cores.
     *
     * @param progress receives how many of the runs are over
     */
    public void run(Consumer<String> progress) throws IOException, InterruptedException {
        String id = "speed-" + corpus;
        JsonNode study = dataset.post("/studies", request(id));
        while (!study.path("state").asText().equals("COMPLETED")) {
            progress.accept(over(study) + " of " + study.path("runs").size() + " short runs are over");
            Thread.sleep(PAUSE);
            study = dataset.get("/studies/" + id);
        }
        try {
            dataset.delete("/studies/" + id);
        } catch (RefusedException e) {
            // It stays, which does no harm: what was asked of it is known.
            progress.accept("study " + id + " stays: " + e.getMessage());
        }
    }

    private Map<String, Object> request(String id) {
        List<Map<String, Object>> shapes = SHAPES.stream()
                .map(shape -> Map.<String, Object>of(
                        "family", shape.family().name(),
                        "layers", shape.layers(),
                        "dModel", shape.dModel(),
                        "ffnSize", shape.ffnSize(),
                        "heads", shape.heads()))
                .toList();
        return Map.of(
                "id",
                id,
                "corpus",
                corpus,
                "shapes",
                shapes,
                "tokenBudgets",
                TOKENS,
                "maxRunFlops",
                MOST_FLOPS,
                "recipe",
                "frontier-default");
    }

    private static long over(JsonNode study) {
        long count = 0;
        for (JsonNode run : study.path("runs")) {
            String state = run.path("state").asText();
            count += state.equals("COMPLETED") || state.equals("DIVERGED") ? 1 : 0;
        }
        return count;
    }
}
