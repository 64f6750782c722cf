package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.design.ComputeBudget;
import org.plmfrontier.dataset.design.StudyDesign;
import org.plmfrontier.dataset.design.StudyPreset;
import org.plmfrontier.dataset.evaluation.WantedEvaluation;
import org.plmfrontier.dataset.plan.BudgetKind;
import org.plmfrontier.dataset.plan.CellBudgets;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.plan.StudySpecBuilder;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyDesigns;
import org.plmfrontier.dataset.study.StudyDesignsWishBuilder;

/**
 * A study request whose parts are read.
 *
 * @param recipe null where it states none
 * @param shapes of shapes or sizes; empty where it states none
 * @param evaluations no part of what the runs are
 */
@StagedBuilder
record WantedStudy(
        StudyRequest request,
        @Nullable Recipe recipe,
        List<ModelShape> shapes,
        List<Double> tokenBudgets,
        List<Double> flopBudgets,
        List<Double> tokensPerParameter,
        List<WantedEvaluation> evaluations) {
    private static final String BUDGET = "budget";
    private static final String CORPUS = "corpus";
    private static final String PRESET = "preset";
    private static final String SCALE = "scale";
    private static final String USUAL_RECIPE = "frontier-default";

    /**
     * A study, and why it is as it is.
     *
     * @param choices a sentence for each choice that was made for a budget; empty where nothing was
     */
    record Resolved(StudySpec spec, List<String> choices) {}

    /**
     * Reads a request.
     *
     * @throws org.plmfrontier.runtime.json.InvalidFieldsException with everything that is wrong with any part of it
     */
    static WantedStudy read(@Nullable JsonNode body, ObjectMapper mapper, JsonFields fields) {
        JsonNode parts = body == null ? mapper.missingNode() : body;
        JsonFields.Parts all = new JsonFields.Parts();
        all.read(() -> fields.read("", body, StudyRequest.class));
        Optional<StudyRequest> request =
                new JsonFields.Parts().read(() -> fields.read("", withCorpus(parts), StudyRequest.class));
        Optional<Recipe> recipe = parts.hasNonNull("recipe")
                ? all.read(() -> new RecipeField(mapper, fields).read(parts.get("recipe")))
                : Optional.empty();
        Optional<Family> family = all.read(() -> family(parts.get("family")));
        Optional<List<ModelShape>> shapes = all.read(() -> shapes(parts, family.orElse(Family.ESM2), fields));
        List<List<Double>> budgets = Stream.of(BudgetKind.values())
                .map(kind -> all.read(() -> AmountField.readAll(kind.field(), parts.get(kind.field())))
                        .orElse(List.of()))
                .toList();
        Optional<List<WantedEvaluation>> evaluations =
                all.read(() -> new EvaluationField(fields).readAll("evaluations", parts.get("evaluations")));
        all.read(() -> parts.hasNonNull(PRESET) ? requirePreset(parts) : requireEnough(parts));
        if (parts.path(BUDGET).isTextual()) {
            all.read(() -> ComputeBudget.parse(BUDGET, parts.get(BUDGET).textValue()));
        }
        Optional<WantedStudy> wanted = request.map(read -> WantedStudyBuilder.builder()
                .request(read)
                .shapes(shapes.orElse(List.of()))
                .tokenBudgets(budgets.get(0))
                .flopBudgets(budgets.get(1))
                .tokensPerParameter(budgets.get(2))
                .evaluations(evaluations.orElse(List.of()))
                .recipe(recipe.orElse(null))
                .build());
        if (wanted.isPresent() && shapes.isPresent() && !parts.hasNonNull(BUDGET) && !parts.hasNonNull(PRESET)) {
            all.read(() -> wanted.get().stated());
        }
        all.check();
        return wanted.orElseThrow();
    }

    /** Whatever else is wrong is to be found although the corpus is not there yet. */
    private static JsonNode withCorpus(JsonNode parts) {
        return parts instanceof ObjectNode object && !object.hasNonNull(CORPUS)
                ? object.deepCopy().put(CORPUS, CORPUS)
                : parts;
    }

    /** The study that is asked for; of a budget, the one that was chosen for it before, else a new one. */
    Resolved resolve(StudyDesigns designs, Function<String, Optional<Study>> known) {
        if (request.preset() != null) {
            return published(request.preset());
        }
        return request.budget() == null ? new Resolved(stated(), List.of()) : chosen(request.budget(), designs, known);
    }

    private StudySpec stated() {
        Recipe wanted = recipe == null ? usual() : recipe;
        List<Object> parts = new ArrayList<>(List.of(
                request.corpus(), shapes, tokenBudgets, wanted, seeds(wanted), String.valueOf(request.maxRunFlops())));
        Stream.of(request.initialWeights(), request.learningRates())
                .filter(Objects::nonNull)
                .forEach(parts::add);
        boolean plain = flopBudgets.isEmpty() && tokensPerParameter.isEmpty() && request.maxEpochs() == null;
        CellBudgets cells = plain
                ? null
                : new CellBudgets(orNull(flopBudgets), orNull(tokensPerParameter), request.maxEpochs(), null);
        if (cells != null) {
            parts.add(cells);
        }
        return spec(name(parts), shapes, tokenBudgets, wanted, cells);
    }

    private Resolved published(String name) {
        double scale = request.scale() == null ? 1 : request.scale();
        StudyPreset preset = preset(name).scaled(scale);
        Recipe wanted = recipe == null ? preset.recipe() : recipe;
        CellBudgets cells = preset.grid().cells(request.maxEpochs());
        List<Object> parts = new ArrayList<>(List.of(request.corpus(), name, scale, wanted, seeds(wanted), cells));
        return new Resolved(
                spec(name(parts), preset.shapes(), preset.grid().tokenBudgets(), wanted, cells), preset.reasons(scale));
    }

    private static StudyPreset preset(String name) {
        StudyPreset preset = StudyPreset.byName().get(name);
        if (preset == null) {
            throw new RefusedException(
                    PRESET,
                    "unknown preset '" + name + "'; known are "
                            + StudyPreset.byName().keySet());
        }
        return preset;
    }

    /** A preset that there is, at a scale that can be, and nothing that it has itself. */
    private static Boolean requirePreset(JsonNode parts) {
        preset(parts.get(PRESET).asText());
        for (String field : List.of(BUDGET, "shapes", "sizes", "tokenBudgets", "flopBudgets", "tokensPerParameter")) {
            if (parts.hasNonNull(field)) {
                throw new RefusedException(field, field + " must be absent where there is a preset, which has its own");
            }
        }
        double scale = parts.path(SCALE).asDouble(1);
        if (!(scale > 0 && scale <= 1)) {
            throw new RefusedException(SCALE, "scale must lie in (0, 1], got " + scale);
        }
        return true;
    }

    private Resolved chosen(String budget, StudyDesigns designs, Function<String, Optional<Study>> known) {
        List<Object> parts = new ArrayList<>(List.of(request.corpus(), budget, shapes));
        Stream.of(
                        request.family(),
                        recipe,
                        request.seeds(),
                        request.maxRunFlops(),
                        request.maxEpochs(),
                        request.learningRates())
                .filter(Objects::nonNull)
                .forEach(parts::add);
        String name = name(parts);
        Optional<StudySpec> before = known.apply(name).map(Study::spec).filter(spec -> isOf(spec, budget));
        if (before.isPresent()) {
            return new Resolved(before.get(), List.of("study " + name + " is there; its plan is kept"));
        }
        StudyDesign design = designs.of(StudyDesignsWishBuilder.builder()
                .corpus(request.corpus())
                .budget(budget)
                .family(family(request.family()))
                .devices(request.devices() == null ? 1 : request.devices())
                .shapes(shapes.isEmpty() ? null : shapes)
                .recipe(recipe)
                .maxEpochs(request.maxEpochs())
                .build());
        CellBudgets cells = new CellBudgets(design.flopBudgets(), null, design.maxEpochs(), budget);
        return new Resolved(spec(name, design.shapes(), List.of(), design.recipe(), cells), design.reasons());
    }

    /** Whether a study was chosen for the budget, and everything that is stated agrees with it. */
    private boolean isOf(StudySpec spec, String budget) {
        return spec.cells() != null
                && budget.equals(spec.cells().asked())
                && spec.corpus().equals(request.corpus())
                && (shapes.isEmpty() || spec.shapes().containsAll(shapes))
                && (recipe == null || spec.recipe().equals(recipe))
                && (request.maxEpochs() == null
                        || request.maxEpochs().equals(spec.cells().maxEpochs()))
                && spec.seeds().equals(seeds(spec.recipe()))
                && Objects.equals(spec.learningRates(), request.learningRates());
    }

    private StudySpec spec(
            String name,
            List<ModelShape> ofShapes,
            List<Double> ofTokens,
            Recipe ofRecipe,
            @Nullable CellBudgets cells) {
        return StudySpecBuilder.builder()
                .id(name)
                .corpus(request.corpus())
                .shapes(ofShapes)
                .tokenBudgets(ofTokens)
                .recipe(ofRecipe)
                .seeds(seeds(ofRecipe))
                .maxRunFlops(request.maxRunFlops())
                .initialWeights(request.initialWeights())
                .learningRates(request.learningRates())
                .cells(cells)
                .build();
    }

    private List<Long> seeds(Recipe of) {
        return request.seeds() == null ? List.of(of.seed()) : request.seeds();
    }

    private String name(List<Object> parts) {
        if (request.id() != null) {
            return request.id();
        }
        CRC32C crc = new CRC32C();
        crc.update(parts.toString().getBytes(StandardCharsets.UTF_8));
        return "study-%08x".formatted(crc.getValue());
    }

    private static Recipe usual() {
        return Objects.requireNonNull(FrozenRecipes.byName().get(USUAL_RECIPE), USUAL_RECIPE);
    }

    private static List<ModelShape> shapes(JsonNode parts, Family family, JsonFields fields) {
        if (parts.hasNonNull("sizes")) {
            if (parts.hasNonNull("shapes")) {
                throw new RefusedException("sizes", "sizes must be absent where there are shapes");
            }
            return SizesField.read("sizes", parts.get("sizes"), family);
        }
        List<JsonNode> listed = new ArrayList<>();
        parts.path("shapes").forEach(listed::add);
        return ShapeField.readAll("shapes", listed, fields);
    }

    /** Either a budget for which the rest is chosen, or shapes and one kind of budgets. */
    private static Boolean requireEnough(JsonNode parts) {
        long kinds = Stream.of(BudgetKind.values())
                .filter(kind -> parts.hasNonNull(kind.field()))
                .count();
        boolean ofBudget = parts.hasNonNull(BUDGET);
        if (ofBudget && kinds > 0 || kinds > 1) {
            throw new RefusedException(
                    ofBudget ? BUDGET : BudgetKind.FLOPS.field(),
                    "a study has one of budget, tokenBudgets, flopBudgets and tokensPerParameter, not several");
        }
        if (!ofBudget && kinds == 0) {
            throw new RefusedException(
                    BUDGET,
                    "budget is missing: what the whole study may take, as '20 minutes here'; or state tokenBudgets,"
                            + " flopBudgets or tokensPerParameter with shapes or sizes");
        }
        if (!ofBudget && !parts.hasNonNull("shapes") && !parts.hasNonNull("sizes")) {
            throw new RefusedException(
                    "sizes",
                    "sizes is missing: a ladder as '5M..650M, 8', or a list; or shapes, or a budget for which they are"
                            + " chosen");
        }
        return true;
    }

    private static Family family(@Nullable JsonNode json) {
        return family(json == null || !json.isTextual() ? null : json.textValue());
    }

    private static Family family(@Nullable String name) {
        if (name == null) {
            return Family.ESM2;
        }
        String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(Family.values())
                .filter(family -> family.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "family", "unknown family '" + name + "'; known are " + List.of(Family.values())));
    }

    private static @Nullable List<Double> orNull(List<Double> values) {
        return values.isEmpty() ? null : values;
    }
}
