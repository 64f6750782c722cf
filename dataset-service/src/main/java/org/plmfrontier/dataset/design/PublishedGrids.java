package org.plmfrontier.dataset.design;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.dataset.plan.BudgetKind;
import org.plmfrontier.dataset.plan.FrozenRecipes;

/** Sizes and budgets of published studies. */
final class PublishedGrids {
    /** Tokens of the subsets of Serrano et al. 2024, Table 3. */
    private static final List<Double> TABLE_3 = List.of(6.5e9, 7.475e9, 9.75e9, 20.8e9);

    /**
     * IsoFLOP runs of Cheng et al. 2024 with masks: training FLOPs to millions of parameters, as the file names of their released
     * logs (cxysteven/ScalingProteinLM, mlm_valid/approach3_flops) have them; budgets with a single run are left out.
     */
    private static final SortedMap<Double, List<Double>> CHENG_MASKED = runs(Map.of(
            1e18, List.of(6., 10., 13., 25., 34., 65., 85.),
            3e18, List.of(6., 13., 25., 34., 65., 85., 106., 154.),
            1e19, List.of(13., 25., 34., 47., 65., 85., 106., 127., 230., 300.),
            3e19, List.of(25., 34., 47., 65., 106., 127., 154., 230., 300., 393., 470., 550.),
            1e20, List.of(106., 127., 154., 170., 230., 300., 393., 470., 550., 680., 880., 1200., 1500.),
            3e20, List.of(230., 300., 393., 470., 550., 680., 880., 1200., 1500., 1700., 2400., 2800.),
            1e21, List.of(880., 1200., 1500., 1700., 2400., 2800., 3400., 4000., 5000., 7000.)));

    /** The same of their causal runs (gpt_valid/approach3_flops). */
    private static final SortedMap<Double, List<Double>> CHENG_CAUSAL = runs(Map.of(
            1e18, List.of(6., 13., 25., 47., 65., 85., 106.),
            3e18, List.of(6., 13., 25., 34., 47., 65., 85., 106., 127., 154.),
            6e18, List.of(13., 34., 65., 127., 154., 170.),
            1e19, List.of(13., 25., 47., 65., 85., 106., 127., 154., 170., 230., 300.),
            3e19, List.of(25., 34., 47., 65., 85., 106., 127., 154., 170., 230., 300., 393., 470., 550.),
            1e20, List.of(106., 127., 154., 230., 393., 470., 550., 680., 880., 1200., 1500.),
            3e20, List.of(393., 550., 680., 880., 1200., 1500., 1700., 2400., 2800.),
            1e21, List.of(880., 1500., 2400., 2800., 3400., 4000., 5000., 6000., 7000.)));

    /** FLOPs of the nine IsoFLOP profiles of Hoffmann et al. 2022, Figure 3. */
    private static final List<Double> CHINCHILLA_FLOPS = List.of(6e18, 1e19, 3e19, 6e19, 1e20, 3e20, 6e20, 1e21, 3e21);

    private static final double CHINCHILLA_SMALLEST = 70e6;
    private static final double CHINCHILLA_LARGEST = 16e9;
    private static final int CHINCHILLA_SIZES = 16;

    /** Sizes of a profile lie within this factor of the optimum that the paper found by it. */
    private static final double WINDOW = 6;

    /** Optimum of Hoffmann et al. 2022, Table 3 and approach 2: 400M parameters at 1.92e19 FLOPs, exponent 0.49. */
    private static final double CHINCHILLA_AT = 1.92e19;

    private static final double CHINCHILLA_SIZE = 400e6;
    private static final double CHINCHILLA_EXPONENT = 0.49;

    /** Learning rate of the presets by FLOPs: what Cheng et al. used of models of about a billion parameters. */
    private static final double RATE = 3e-4;

    /** Tokens of warm-up at the studies' own size. */
    private static final double WARM_UP = 2e8;

    private static final double MILLION = 1e6;

    private PublishedGrids() {}

    /** Name to preset, the paper of the project first; unmodifiable. */
    static Map<String, StudyPreset> presets() {
        Map<String, StudyPreset> presets = new LinkedHashMap<>();
        List<ModelShape> table4 = List.copyOf(Table4.byName().values());
        for (String recipe : List.of("serrano-2024", "serrano-2024-decay")) {
            presets.put(
                    recipe,
                    new StudyPreset(
                            recipe,
                            table4,
                            new StudyPreset.Grid(BudgetKind.TOKENS, TABLE_3, List.of(), 1),
                            Objects.requireNonNull(FrozenRecipes.byName().get(recipe), recipe),
                            "Serrano, Ciudad, Molina 2024: the eight sizes of Table 4 on the token counts of Table 3, each"
                                    + " protein seen once"));
        }
        String cheng =
                "Cheng et al. 2024: the IsoFLOP grid of their released logs; here one run of a size serves all its budgets,"
                        + " at a constant rate, where theirs had a run and a schedule for each";
        add(presets, "cheng-2024-mlm", Family.ESM2, CHENG_MASKED, 1, cheng);
        add(presets, "cheng-2024-clm", Family.CAUSAL, CHENG_CAUSAL, 1, cheng);
        add(
                presets,
                "chinchilla",
                Family.CAUSAL,
                chinchilla(),
                1,
                "Hoffmann et al. 2022, approach 2: its nine budgets, each with the sizes within a factor of 6 of the optimum that"
                        + " they found; theirs are of text, with a cosine schedule for each run, here one run of a size serves all"
                        + " its budgets at a constant rate");
        return Collections.unmodifiableMap(presets);
    }

    private static void add(
            Map<String, StudyPreset> presets,
            String name,
            Family family,
            SortedMap<Double, List<Double>> runs,
            double maxEpochs,
            String source) {
        List<Double> sizes =
                List.copyOf(runs.values().stream().collect(TreeSet::new, TreeSet::addAll, TreeSet::addAll));
        Map<ModelShape, List<Integer>> notCells = new LinkedHashMap<>();
        List<Double> budgets = List.copyOf(runs.keySet());
        for (double millions : sizes) {
            List<Integer> none = new ArrayList<>();
            for (int i = 0; i < budgets.size(); i++) {
                if (!Objects.requireNonNull(runs.get(budgets.get(i))).contains(millions)) {
                    none.add(i);
                }
            }
            notCells.put(ShapeOfSize.nearest(family, millions * MILLION), none);
        }
        List<ModelShape> shapes = notCells.keySet().stream()
                .sorted((one, other) -> Long.compare(
                        ParameterCount.of(one).exact(), ParameterCount.of(other).exact()))
                .toList();
        Recipe usual = Objects.requireNonNull(FrozenRecipes.byName().get("frontier-default"));
        presets.put(
                name,
                new StudyPreset(
                        name,
                        shapes,
                        new StudyPreset.Grid(
                                BudgetKind.FLOPS,
                                budgets,
                                shapes.stream()
                                        .map(shape -> Objects.requireNonNull(notCells.get(shape)))
                                        .toList(),
                                maxEpochs),
                        usual.withSchedule(new Schedule.Constant(RATE, WARM_UP)),
                        source));
    }

    private static SortedMap<Double, List<Double>> chinchilla() {
        double step = Math.pow(CHINCHILLA_LARGEST / CHINCHILLA_SMALLEST, 1.0 / (CHINCHILLA_SIZES - 1));
        SortedMap<Double, List<Double>> runs = new TreeMap<>();
        for (double flops : CHINCHILLA_FLOPS) {
            double optimum = CHINCHILLA_SIZE * Math.pow(flops / CHINCHILLA_AT, CHINCHILLA_EXPONENT);
            List<Double> sizes = new ArrayList<>();
            for (int i = 0; i < CHINCHILLA_SIZES; i++) {
                double size = CHINCHILLA_SMALLEST * Math.pow(step, i);
                if (Math.max(size / optimum, optimum / size) <= WINDOW) {
                    sizes.add(size / MILLION);
                }
            }
            runs.put(flops, sizes);
        }
        return runs;
    }

    private static SortedMap<Double, List<Double>> runs(Map<Double, List<Double>> all) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(all));
    }
}
