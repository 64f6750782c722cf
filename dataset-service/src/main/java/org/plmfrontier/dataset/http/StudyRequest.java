package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.StudySpec;

/**
 * Body of {@code POST /studies}.
 *
 * @param id name of the study; follows from the rest where absent
 * @param corpus id of a corpus that is ready
 * @param shapes objects or names of Table 4
 * @param tokenBudgets ascending
 * @param recipe name, name with changed fields, or all fields
 * @param seeds default: the recipe's seed
 * @param maxRunFlops cells of the grid that cost more are left out; default: none is
 * @param initialWeights what {@code POST /models} of a trainer answered; default: weights are drawn from the seeds
 * @param learningRates peak rates in place of the recipe's, each a run of its own; default: the recipe's alone
 */
record StudyRequest(
        @Nullable String id,
        String corpus,
        List<JsonNode> shapes,
        List<Double> tokenBudgets,
        JsonNode recipe,
        @Nullable List<Long> seeds,
        @Nullable Double maxRunFlops,
        @Nullable String initialWeights,
        @Nullable List<Double> learningRates) {
    /**
     * The study that a request asks for.
     *
     * @throws org.plmfrontier.runtime.json.InvalidFieldsException with everything that is wrong with any part of it
     */
    static StudySpec read(@Nullable JsonNode body, ObjectMapper mapper, JsonFields fields) {
        JsonNode parts = body == null ? mapper.missingNode() : body;
        JsonFields.Parts all = new JsonFields.Parts();
        Optional<StudyRequest> request = all.read(() -> fields.read("", body, StudyRequest.class));
        Optional<Recipe> recipe = parts.hasNonNull("recipe")
                ? all.read(() -> new RecipeField(mapper, fields).read(parts.get("recipe")))
                : Optional.empty();
        List<JsonNode> listed = new ArrayList<>();
        parts.path("shapes").forEach(listed::add);
        Optional<List<ModelShape>> shapes = all.read(() -> ShapeField.readAll("shapes", listed, fields));
        all.check();
        return request.orElseThrow().spec(recipe.orElseThrow(), shapes.orElseThrow());
    }

    private StudySpec spec(Recipe wantedRecipe, List<ModelShape> wantedShapes) {
        List<Long> wantedSeeds = seeds == null ? List.of(wantedRecipe.seed()) : seeds;
        List<Object> parts = new ArrayList<>(
                List.of(corpus, wantedShapes, tokenBudgets, wantedRecipe, wantedSeeds, String.valueOf(maxRunFlops)));
        if (initialWeights != null) {
            parts.add(initialWeights);
        }
        if (learningRates != null) {
            parts.add(learningRates);
        }
        String name = Objects.requireNonNullElseGet(id, () -> derived(parts));
        return new StudySpec(
                name,
                corpus,
                wantedShapes,
                tokenBudgets,
                wantedRecipe,
                wantedSeeds,
                maxRunFlops,
                initialWeights,
                learningRates);
    }

    private static String derived(List<Object> parts) {
        CRC32C crc = new CRC32C();
        crc.update(parts.toString().getBytes(StandardCharsets.UTF_8));
        return "study-%08x".formatted(crc.getValue());
    }
}
