package org.plmfrontier.dataset.design;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.RunCost;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * Chooses the study for a budget: every size over the same range of FLOPs, so that curves cross while both still train, at
 * sizes around the published optima, at most four epochs of the corpus.
 */
public final class StudyDesigner {
    /** Sizes and budgets: an exponent needs four of each, and resampling some to leave out. */
    private static final int SIZES = 7;

    private static final int BUDGETS = 7;
    private static final int FEWEST = 4;

    /** Largest to smallest FLOP budget of a run. */
    private static final double RANGE = 32;

    /** Up to which repeated data are nearly as good as new ones (Muennighoff et al. 2023). */
    private static final double MAX_EPOCHS = 4;

    /** Tokens per parameter of Hoffmann et al. 2022, and FLOPs of a token and a parameter. */
    private static final double HOFFMANN_TOKENS = 20;

    private static final double FLOPS_PER_PARAMETER_AND_TOKEN = 6;

    /**
     * How far below Hoffmann's size the ladder begins and how far above it ends. Masked protein models had their optimum a
     * factor of 5 to 16 below it (Cheng et al. 2024: 6.19e-8 C^0.776 at 1e18 to 1e20 FLOPs), causal ones near it.
     */
    private static final double BELOW = 12;

    private static final double ABOVE = 1.5;

    private static final double SMALLEST_SHAPE = 4e3;
    private static final int BISECTIONS = 60;

    private final Family family;
    private final @Nullable List<ModelShape> wanted;
    private final RecipeChoice recipes;
    private final LoadProfile profile;
    private final long heldOutRecords;
    private final double maxEpochs;

    /**
     * What is trained on and evaluated.
     *
     * @param profile loads of the corpus's records
     * @param heldOutRecords batches that every evaluation reads
     */
    public record Data(LoadProfile profile, long heldOutRecords) {}

    /**
     * A designer for one corpus.
     *
     * @param family of the shapes that are chosen
     * @param shapes the study's shapes where they are stated; null to choose them
     * @param recipe the study's recipe where it is stated; null to choose it
     * @param maxEpochs how often a run may read the corpus; null for four times
     * @param data the corpus
     */
    public StudyDesigner(
            Family family,
            @Nullable List<ModelShape> shapes,
            @Nullable Recipe recipe,
            @Nullable Double maxEpochs,
            Data data) {
        this.maxEpochs = maxEpochs == null ? MAX_EPOCHS : maxEpochs;
        this.family = Objects.requireNonNull(family, "family");
        this.wanted = shapes == null ? null : List.copyOf(shapes);
        this.recipes = new RecipeChoice(recipe, data.profile());
        this.profile = data.profile();
        this.heldOutRecords = data.heldOutRecords();
    }

    /**
     * The study for an amount of FLOPs, or of time of devices that are known by name.
     *
     * @param field of the request that has the budget, for the message
     * @throws RefusedException where it is too small for four sizes and four budgets
     */
    public StudyDesign of(String field, ComputeBudget.Flops budget) {
        return of(field, Spending.ofFlops(budget.flops()));
    }

    /** The study for the time of devices that are known by name; refuses as {@link #of(String, ComputeBudget.Flops)}. */
    public StudyDesign of(String field, ComputeBudget.OnDevice budget) {
        return of(field, Spending.on(budget));
    }

    /**
     * The study for the time of trainers that were measured; refuses as {@link #of(String, ComputeBudget.Flops)}.
     *
     * @param measured training FLOPs per second of one device at a shape
     * @param devices how many train side by side
     */
    public StudyDesign of(String field, ComputeBudget.Here budget, ToDoubleFunction<ModelShape> measured, int devices) {
        return of(field, Spending.here(budget, measured, devices));
    }

    /** A time that evaluations would use up alone is one of training. */
    private StudyDesign of(String field, Spending spending) {
        if (!spending.evaluates()) {
            return design(field, spending);
        }
        try {
            return design(field, spending);
        } catch (RefusedException tooSmall) {
            Spending training = spending.withoutEvaluations();
            StudyDesign design = design(field, training);
            List<String> reasons = new ArrayList<>(design.reasons());
            reasons.add(String.format(
                    Locale.ROOT,
                    "evaluations: too dear for so short a time; they make the study about %.1f times as long",
                    takes(design.flopBudgets().getLast(), spending) / training.available()));
            return new StudyDesign(design.shapes(), design.flopBudgets(), design.maxEpochs(), design.recipe(), reasons);
        }
    }

    /**
     * The study that uses up a budget, or as much of it as the corpus is worth.
     *
     * @param field of the request that has the budget, for the message
     * @throws RefusedException where it is too small for four sizes and four budgets
     */
    private StudyDesign design(String field, Spending spending) {
        double most = largestFlops(spending, false);
        double bounded = largestFlops(spending, true);
        List<ModelShape> shapes = shapes(bounded);
        List<Double> budgets = budgets(bounded);
        RecipeChoice.Chosen recipe = recipes.of(shapes, budgets, spending.precision());
        if (contested(shapes, budgets, recipe.recipe()) < FEWEST) {
            throw new RefusedException(
                    field,
                    "too small for a study: " + spending.sentence() + " leave runs of " + number(bounded)
                            + " FLOPs, in which no four sizes have four budgets in common beyond some steps");
        }
        List<String> reasons = new ArrayList<>();
        reasons.add("budget: " + spending.sentence());
        reasons.add(sizes(shapes, budgets));
        reasons.add("FLOP budgets: " + BUDGETS + " from " + number(budgets.getFirst()) + " to "
                + number(budgets.getLast())
                + ", the same for every size, so that curves cross while both sizes still train");
        reasons.add(epochs(most, bounded, spending));
        reasons.add("recipe: " + recipe.reason());
        return new StudyDesign(shapes, budgets, maxEpochs, recipe.recipe(), reasons);
    }

    private String sizes(List<ModelShape> shapes, List<Double> budgets) {
        String range = shapes.size() + " from " + si(size(shapes.getFirst())) + " to " + si(size(shapes.getLast()))
                + " parameters";
        return wanted != null
                ? "sizes: " + range + ", as stated"
                : "sizes: " + range
                        + ", from a twelfth of the optimum at 20 tokens per parameter for the smallest budget,"
                        + " since masked protein models had theirs up to 16 times below it, to one and a half times that for"
                        + " the largest (" + si(hoffmann(budgets.getLast())) + ")";
    }

    private String epochs(double most, double bounded, Spending spending) {
        String rule = "epochs: at most " + String.format(Locale.ROOT, "%.0f", maxEpochs) + " of the corpus's "
                + String.format(Locale.ROOT, "%,d", profile.tokensBefore(profile.records()))
                + " tokens, "
                + (maxEpochs == MAX_EPOCHS ? "beyond which repeated data teach less" : "as stated");
        if (bounded > 0.99 * most) {
            return rule;
        }
        double share = takes(bounded, spending) / spending.available();
        return rule + "; that bounds the study, which takes only " + String.format(Locale.ROOT, "%.0f", 100 * share)
                + " % of its budget: a larger corpus would use the rest";
    }

    /** The FLOPs of the largest cells that the budget buys, and the corpus is worth. */
    private double largestFlops(Spending spending, boolean boundedByCorpus) {
        double low = 1;
        double high = 1e30;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = Math.sqrt(low * high);
            boolean within = takes(middle, spending) <= spending.available()
                    && (!boundedByCorpus || epochsOfMiddle(middle) <= maxEpochs);
            if (within) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double takes(double flops, Spending spending) {
        List<ModelShape> shapes = shapes(flops);
        List<Double> budgets = budgets(flops);
        List<Double> each = shapes.stream()
                .map(shape -> {
                    List<Double> own = budgets.stream()
                            .filter(budget -> budget <= maxEpochs * flopsOfEpoch(shape))
                            .toList();
                    double training =
                            own.stream().max(Comparator.naturalOrder()).orElse(0.0);
                    return spending.evaluates() ? training + own.size() * flopsOfEvaluation(shape) : training;
                })
                .toList();
        return spending.of(shapes, each);
    }

    /** A forward pass over the held-out batches, which are as large as the training ones. */
    private double flopsOfEvaluation(ModelShape shape) {
        return flopsOfEpoch(shape) / profile.records() * heldOutRecords / FlopCount.TRAINING_OVER_FORWARD;
    }

    /** Budgets at which at least four sizes have a cell beyond the warm-up and within the epochs. */
    private long contested(List<ModelShape> shapes, List<Double> budgets, Recipe recipe) {
        double warmUp = recipe.schedule().warmupTokens();
        return budgets.stream()
                .filter(budget -> shapes.stream()
                                .filter(shape ->
                                        tokens(shape, budget) > warmUp && budget <= maxEpochs * flopsOfEpoch(shape))
                                .count()
                        >= FEWEST)
                .count();
    }

    private double epochsOfMiddle(double flops) {
        List<ModelShape> shapes = shapes(flops);
        return flops / flopsOfEpoch(shapes.get(shapes.size() / 2));
    }

    private List<ModelShape> shapes(double flops) {
        if (wanted != null) {
            return wanted;
        }
        double smallest = Math.max(SMALLEST_SHAPE, hoffmann(flops / RANGE) / BELOW);
        double largest = Math.max(2 * smallest, hoffmann(flops) * ABOVE);
        return ShapeOfSize.ladder(family, smallest, largest, SIZES);
    }

    private static List<Double> budgets(double largest) {
        return IntStream.range(0, BUDGETS)
                .mapToDouble(i -> largest * Math.pow(RANGE, i / (BUDGETS - 1.0) - 1))
                .mapToObj(StudyDesigner::rounded)
                .toList();
    }

    /** The compute-optimal size at 20 tokens per parameter, {@code C = 6 N D}. */
    private static double hoffmann(double flops) {
        return Math.sqrt(flops / (FLOPS_PER_PARAMETER_AND_TOKEN * HOFFMANN_TOKENS));
    }

    private double tokens(ModelShape shape, double flops) {
        return flops / flopsOfEpoch(shape) * profile.tokensBefore(profile.records());
    }

    private double flopsOfEpoch(ModelShape shape) {
        return new RunCost(shape, profile).flops(0, profile.records());
    }

    private static double size(ModelShape shape) {
        return ParameterCount.of(shape).exact();
    }

    /** Down to three digits: budgets that people can read, and that the whole can pay. */
    private static double rounded(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return Double.parseDouble(String.format(Locale.ROOT, "%.3g", Math.floor(value / unit) * unit));
    }

    /** Three digits with the suffix of {@link Amount}. */
    private static String si(double value) {
        double rest = value;
        String[] suffixes = {"", "k", "M", "B", "T"};
        int suffix = 0;
        while (rest >= 999.5 && suffix < suffixes.length - 1) {
            rest /= 1000;
            suffix++;
        }
        return String.format(Locale.ROOT, "%.3g", rest) + suffixes[suffix];
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
