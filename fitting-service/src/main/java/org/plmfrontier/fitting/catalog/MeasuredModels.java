package org.plmfrontier.fitting.catalog;

import java.util.List;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

/** Published numbers, each with its source. */
final class MeasuredModels {
    private static final String PROTEIN_GYM = "ProteinGym, 217 assays of substitutions";
    private static final String PROTEIN_GYM_SOURCE = "ProteinGym's leaderboard (Notin et al. 2023)";
    private static final String PROTEIN_GYM_WHY =
            "the mean over all assays by ProteinGym's own grouping; single assays differ by far more than models do";

    static final List<MeasuredModel> ALL = List.of(
            proteinGym("ESM-2 8M", 8e6, 0.226),
            proteinGym("ESM-2 35M", 35e6, 0.321),
            proteinGym("ESM-2 150M", 150e6, 0.387),
            proteinGym("ESM-2 650M", 650e6, 0.414),
            proteinGym("ESM-2 3B", 3e9, 0.406),
            proteinGym("ESM-2 15B", 15e9, 0.400));

    private MeasuredModels() {}

    private static MeasuredModel proteinGym(String model, double parameters, double spearman) {
        return new MeasuredModel(
                model,
                parameters,
                EvaluationKind.VARIANT_EFFECT,
                "spearman",
                spearman,
                PROTEIN_GYM,
                PROTEIN_GYM_SOURCE,
                false,
                PROTEIN_GYM_WHY);
    }
}
