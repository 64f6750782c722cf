package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * The cells of a study, shape by budget: where each ends in the token log. Budgets of FLOPs or of tokens per parameter are
 * other numbers of tokens for each shape. Cells beyond the study's most FLOPs per run or most epochs are left out, and such of
 * a FLOP budget that end before the first step or within the warm-up.
 */
final class CellGrid {
    /** Cells that a sentence names. */
    private static final int MOST_NAMED = 12;

    private final StudySpec spec;
    private final CorpusRef corpus;
    private final LoadProfile profile;

    CellGrid(StudySpec spec, CorpusRef corpus, LoadProfile profile) {
        this.spec = spec;
        this.corpus = corpus;
        this.profile = profile;
    }

    /**
     * Budgets of a shape, ascending.
     *
     * @throws RefusedException where none is left, or one of them can't be trained, naming the field
     */
    List<RunSpec.Budget> of(ModelShape shape) {
        List<RunSpec.Budget> budgets = new ArrayList<>();
        Omission last = null;
        int place = spec.shapes().indexOf(shape);
        for (int i = 0; i < spec.budgets().size(); i++) {
            if (!isCell(place, i)) {
                continue;
            }
            RunSpec.Budget budget = budget(shape, i);
            Omission omission = budget == null ? Omission.WARM_UP : omission(shape, budget);
            if (budget == null || omission != null) {
                last = omission;
            } else {
                requireLater(budgets, budget, i);
                budgets.add(budget);
            }
        }
        if (budgets.isEmpty() && last != null) {
            throw nothingLeft(shape, last);
        }
        return budgets;
    }

    private boolean isCell(int shape, int budget) {
        return spec.cells() == null || spec.cells().has(shape, budget);
    }

    /** Cells that are left out, a sentence for each reason there is, which names the first of them. */
    List<String> omissions() {
        Map<Omission, List<String>> cells = new EnumMap<>(Omission.class);
        int all = 0;
        for (int place = 0; place < spec.shapes().size(); place++) {
            ModelShape shape = spec.shapes().get(place);
            for (int i = 0; i < spec.budgets().size(); i++) {
                if (!isCell(place, i)) {
                    continue;
                }
                all++;
                RunSpec.Budget budget = budget(shape, i);
                Omission reason = budget == null ? Omission.WARM_UP : omission(shape, budget);
                if (reason != null) {
                    String amount =
                            String.format(Locale.ROOT, "%.3g", spec.budgets().get(i));
                    cells.computeIfAbsent(reason, one -> new ArrayList<>())
                            .add(RunNames.label(shape) + " at " + amount + " "
                                    + spec.budgetKind().unit());
                }
            }
        }
        int cellsInAll = all;
        return cells.entrySet().stream()
                .map(entry -> sentence(entry.getKey(), entry.getValue(), cellsInAll))
                .toList();
    }

    private static String sentence(Omission reason, List<String> cells, int all) {
        List<String> named = cells.subList(0, Math.min(cells.size(), MOST_NAMED));
        return cells.size() + " of " + all + " cells are left out, " + reason.why + ": " + String.join(", ", named)
                + (cells.size() > MOST_NAMED ? " and others" : "");
    }

    /** Why a cell is left out. */
    private enum Omission {
        COST("which would cost more than maxRunFlops"),
        EPOCHS("which would read the corpus more often than maxEpochs"),
        WARM_UP("whose budget is spent before the warm-up is over");

        private final String why;

        Omission(String why) {
            this.why = why;
        }
    }

    private @Nullable Omission omission(ModelShape shape, RunSpec.Budget budget) {
        Double most = spec.maxRunFlops();
        if (most != null && new RunCost(shape, profile).flops(0, budget.endRecord()) > most) {
            return Omission.COST;
        }
        Double epochs = spec.cells() == null ? null : spec.cells().maxEpochs();
        return epochs != null && budget.endRecord() > epochs * profile.records() ? Omission.EPOCHS : null;
    }

    private RefusedException nothingLeft(ModelShape shape, Omission reason) {
        String label = RunNames.label(shape);
        return switch (reason) {
            case COST ->
                new RefusedException(
                        "maxRunFlops",
                        "maxRunFlops " + spec.maxRunFlops() + " leaves no budget for shape " + label
                                + ", whose smallest takes "
                                + new RunCost(shape, profile)
                                        .flops(0, smallest(shape).endRecord())
                                + " FLOPs");
            case EPOCHS ->
                new RefusedException(
                        "maxEpochs",
                        "maxEpochs leaves no budget for shape " + label + ", whose smallest takes "
                                + String.format(
                                        Locale.ROOT,
                                        "%.3g",
                                        (double) smallest(shape).endRecord() / profile.records())
                                + " epochs");
            case WARM_UP ->
                new RefusedException(
                        spec.budgetKind().field(),
                        "every budget of shape " + label + " is spent before the warm-up of "
                                + spec.recipe().schedule().warmupTokens() + " tokens is over");
        };
    }

    private RunSpec.Budget smallest(ModelShape shape) {
        for (int i = 0; i < spec.budgets().size(); i++) {
            RunSpec.Budget budget = budget(shape, i);
            if (budget != null) {
                return budget;
            }
        }
        throw new IllegalStateException("shape " + shape + " has no budget");
    }

    private void requireLater(List<RunSpec.Budget> before, RunSpec.Budget budget, int index) {
        if (!before.isEmpty() && budget.endRecord() == before.getLast().endRecord()) {
            throw new RefusedException(
                    field(index), "a budget of " + asked(index) + " ends at the same step as the one before it");
        }
    }

    /** A cell; null where a FLOP budget ends before the shape's first step or within the warm-up. */
    private RunSpec.@Nullable Budget budget(ModelShape shape, int index) {
        double value = spec.budgets().get(index);
        return switch (spec.budgetKind()) {
            case TOKENS -> ofTokens(value, index);
            case TOKENS_PER_PARAMETER ->
                ofTokens(value * ParameterCount.of(shape).exact(), index);
            case FLOPS -> ofFlops(shape, value, index);
        };
    }

    private RunSpec.Budget ofTokens(double tokens, int index) {
        if (tokens > GridBounds.MOST_TOKENS) {
            throw new RefusedException(
                    field(index), "must be at most " + GridBounds.MOST_TOKENS + " tokens, got " + tokens);
        }
        long end = lastStep(index, position -> within(position, tokens), tokens);
        if (end == 0) {
            throw new RefusedException(
                    field(index),
                    "a budget of " + tokens + " tokens is below one step, which takes "
                            + profile.tokensBefore(spec.recipe().recordsPerStep()) + " tokens");
        }
        return new RunSpec.Budget(tokens, end);
    }

    private RunSpec.@Nullable Budget ofFlops(ModelShape shape, double flops, int index) {
        RunCost cost = new RunCost(shape, profile);
        double first = cost.flops(0, profile.records());
        double most = Math.min(GridBounds.MOST_TOKENS, 2 * corpus.tokens() * (flops / first + 1));
        long end = lastStep(index, position -> within(position, most) && cost.flops(0, position) <= flops, most);
        double tokens = profile.tokensBefore(end);
        return end == 0 || tokens <= spec.recipe().schedule().warmupTokens() ? null : new RunSpec.Budget(tokens, end);
    }

    /** The last whole step within the budget: at most the budget, more than the budget less one step. */
    private long lastStep(int index, LongPredicate within, double mostTokens) {
        try {
            int step = spec.recipe().recordsPerStep();
            long low = 0;
            long high = (long) Math.min(Long.MAX_VALUE / 2.0 / step, mostTokens) + 1;
            while (high - low > 1) {
                long middle = low + (high - low) / 2;
                if (within.test(Math.multiplyExact(middle, step))) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low * step;
        } catch (ArithmeticException e) {
            throw new RefusedException(field(index), "a budget of " + asked(index) + " costs more than can be counted");
        }
    }

    private boolean within(long position, double tokens) {
        double epochs = (double) position / profile.records();
        return epochs * corpus.tokens() < 4 * (tokens + corpus.tokens()) && profile.tokensBefore(position) <= tokens;
    }

    private String asked(int index) {
        return spec.budgets().get(index) + " " + spec.budgetKind().unit();
    }

    private String field(int index) {
        return spec.budgetKind().field() + "[" + index + "]";
    }
}
