package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;

/**
 * Body of {@code POST /studies}, and the study file once its corpus is an id. Either {@code budget}, for which the rest is
 * chosen, or shapes (or sizes) and one of the three kinds of budgets.
 *
 * @param id name of the study; follows from the rest where absent
 * @param corpus id of a corpus that is ready
 * @param budget what the whole study may take, as {@code 20 minutes here}, {@code 2 gpu-hours on H100} or {@code 1e18 FLOPs}
 * @param devices how many train side by side, for a budget of time here; default 1
 * @param preset a published study in place of shapes and budgets, as {@code serrano-2024}
 * @param scale FLOPs of the preset's runs times this, above 0 to 1; default 1
 * @param family of the shapes that are chosen or given by size; default {@code ESM2}
 * @param shapes objects or names of Table 4
 * @param sizes a ladder as {@code 5M..650M, 8}, or a list of numbers of parameters; in place of shapes
 * @param tokenBudgets ascending, numbers or texts such as {@code 20M}; the same for all shapes
 * @param flopBudgets training FLOPs of a run, ascending, the same for all shapes (IsoFLOP)
 * @param tokensPerParameter ascending
 * @param recipe name, name with changed fields, or all fields; default {@code frontier-default}
 * @param seeds default: the recipe's seed
 * @param maxRunFlops cells of the grid that cost more are left out; default: none is
 * @param maxEpochs cells of the grid that read the corpus more often are left out; default: none is
 * @param initialWeights what {@code POST /models} of a trainer answered; default: weights are drawn from the seeds
 * @param learningRates peak rates in place of the recipe's, each a run of its own; default: the recipe's alone
 * @param evaluations what is measured beside the loss at the end of each budget; default: nothing
 */
record StudyRequest(
        @Nullable String id,
        String corpus,

        @Schema(
                description = "what the whole study may take; shapes, budgets and recipe are chosen for it",
                examples = {"20 minutes here", "2 gpu-hours on H100", "1e18 FLOPs"})
        @Nullable
        String budget,

        @Schema(description = "devices that train side by side, for a budget of time here") @Nullable
        Integer devices,

        @Schema(
                description =
                        "a published study: serrano-2024, serrano-2024-decay, cheng-2024-mlm, cheng-2024-clm or chinchilla")
        @Nullable
        String preset,

        @Schema(description = "the preset's FLOPs times this, above 0 to 1") @Nullable
        Double scale,

        @Schema(description = "ESM2, CAUSAL, LSTM, MODERN or MODERN_CAUSAL, in any case; '-' for '_'") @Nullable
        String family,

        @Schema(description = "names such as 35M or causal-5M, or objects", implementation = ModelShape[].class)
        @Nullable
        List<JsonNode> shapes,

        @Schema(description = "a ladder '5M..650M, 8', or a list of parameters", implementation = String.class)
        @Nullable
        JsonNode sizes,

        @Schema(description = "tokens of each run, ascending; numbers or '20M'", implementation = double[].class)
        @Nullable
        JsonNode tokenBudgets,

        @Schema(description = "training FLOPs of each run, ascending (IsoFLOP)", implementation = double[].class)
        @Nullable
        JsonNode flopBudgets,

        @Schema(description = "tokens for each trained parameter, ascending", implementation = double[].class) @Nullable
        JsonNode tokensPerParameter,

        @Schema(
                description = "a frozen recipe's name, such a name with changed fields, or all fields",
                implementation = Recipe.class)
        @Nullable
        JsonNode recipe,

        @Nullable List<Long> seeds,
        @Nullable Double maxRunFlops,
        @Nullable Double maxEpochs,
        @Nullable String initialWeights,
        @Nullable List<Double> learningRates,

        @Schema(
                description = "what is measured beside the loss at the end of each budget",
                implementation = EvaluationField.EvaluationRequest[].class)
        @Nullable
        JsonNode evaluations) {}
