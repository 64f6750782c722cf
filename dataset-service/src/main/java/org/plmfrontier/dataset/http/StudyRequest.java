package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.refusal.RefusedException;

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
        @Nullable String corpus,
        @Nullable List<JsonNode> shapes,
        @Nullable List<Double> tokenBudgets,
        @Nullable JsonNode recipe,
        @Nullable List<Long> seeds,
        @Nullable Double maxRunFlops,
        @Nullable String initialWeights,
        @Nullable List<Double> learningRates) {
    StudySpec spec(ObjectMapper mapper, JsonFields fields) {
        String wantedCorpus = require("corpus", corpus);
        Recipe wantedRecipe = new RecipeField(mapper, fields).read(require("recipe", recipe));
        List<Double> budgets = require("tokenBudgets", tokenBudgets);
        for (int i = 0; i < budgets.size(); i++) {
            require("tokenBudgets[" + i + "]", budgets.get(i));
        }
        List<Long> wantedSeeds = seeds == null ? List.of(wantedRecipe.seed()) : seeds;
        List<ModelShape> wantedShapes = shapes(fields);
        List<Object> parts = new ArrayList<>(
                List.of(wantedCorpus, wantedShapes, budgets, wantedRecipe, wantedSeeds, String.valueOf(maxRunFlops)));
        if (initialWeights != null) {
            parts.add(initialWeights);
        }
        if (learningRates != null) {
            parts.add(learningRates);
        }
        String name = Objects.requireNonNullElseGet(id, () -> derived(parts));
        return new StudySpec(
                name,
                wantedCorpus,
                wantedShapes,
                budgets,
                wantedRecipe,
                wantedSeeds,
                maxRunFlops,
                initialWeights,
                learningRates);
    }

    private List<ModelShape> shapes(JsonFields fields) {
        return ShapeField.readAll("shapes", require("shapes", shapes), fields);
    }

    private static String derived(List<Object> parts) {
        CRC32C crc = new CRC32C();
        crc.update(parts.toString().getBytes(StandardCharsets.UTF_8));
        return "study-%08x".formatted(crc.getValue());
    }

    private static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw new RefusedException(field, field + " is missing");
        }
        return value;
    }
}
