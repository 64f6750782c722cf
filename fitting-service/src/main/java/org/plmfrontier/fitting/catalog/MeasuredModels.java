package org.plmfrontier.fitting.catalog;

import java.util.List;
import java.util.stream.Stream;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

/** Published numbers, each with its source. */
final class MeasuredModels {
    private static final String SPEARMAN = "spearman";
    private static final String Q3 = "q3";
    private static final String LONG_PRECISION = "longPrecisionL";
    private static final String PERPLEXITY = "perplexity";

    private static final String PROTEIN_GYM = "ProteinGym's leaderboard of 21 July 2025 (Notin et al. 2023)";
    private static final String SCANS = "ProteinGym's table of single scans of 21 July 2025 (Notin et al. 2023)";
    private static final String SAME_SCAN =
            "ProteinGym scores it by masked marginals too; comparable where the study has the whole scan";
    private static final String PROT_TRANS = "Elnaggar et al. 2021, table of the ProtTrans repository";
    private static final String CNN_HEAD =
            "a convolutional network on embeddings, trained on NetSurfP-2.0's proteins, not a linear probe on the study's";
    private static final String ESM_TABLE =
            "table of the fair-esm repository (Rao et al. 2021; ESM-2: Lin et al. 2023)";
    private static final String SPARSE_REGRESSION =
            "L1 regression on 20 other proteins, measured on other proteins than the study's";
    private static final String OTHER_PROTEINS = "other held-out proteins, some of them like its training proteins";

    static final List<MeasuredModel> ALL = Stream.of(
                    proteinGym(),
                    scan("BLAT_ECOLX_Stiffler_2015", 0.399, 0.557, 0.661, 0.731, 0.589, 0.430),
                    scan("DLG4_RAT_McLaughlin_2012", 0.411, 0.543, 0.581, 0.543, 0.478, 0.471),
                    secondaryStructure("CASP12", 0.75, 0.76, 0.81),
                    secondaryStructure("TS115", 0.83, 0.84, 0.87),
                    secondaryStructure("CB513", 0.81, 0.83, 0.86),
                    contacts(),
                    perplexityOfItsAuthors(),
                    perplexityOnNewProteins(),
                    perplexityBelowHalfIdentity())
            .flatMap(List::stream)
            .toList();

    /** What the numbers of a publication have in common. */
    private record Publication(
            EvaluationKind kind, String metric, String data, String source, boolean comparable, String why) {
        private MeasuredModel of(String model, double parameters, double value) {
            return about("", model, parameters, value);
        }

        private MeasuredModel about(String subject, String model, double parameters, double value) {
            return MeasuredModelBuilder.builder()
                    .model(model)
                    .parameters(parameters)
                    .kind(kind)
                    .metric(metric)
                    .subject(subject)
                    .value(value)
                    .data(data)
                    .source(source)
                    .comparable(comparable)
                    .why(why)
                    .build();
        }
    }

    private MeasuredModels() {}

    private static List<MeasuredModel> proteinGym() {
        Publication all = new Publication(
                EvaluationKind.VARIANT_EFFECT,
                SPEARMAN,
                "ProteinGym, 217 assays of substitutions",
                PROTEIN_GYM,
                false,
                "the mean over all assays by ProteinGym's own grouping; single assays differ by far more than models do");
        return List.of(
                all.of("ESM-2 8M", 8e6, 0.226),
                all.of("ESM-2 35M", 35e6, 0.321),
                all.of("ESM-2 150M", 150e6, 0.387),
                all.of("ESM C 300M", 300e6, 0.406),
                all.of("ESM C 600M", 600e6, 0.405),
                all.of("ESM-1b", 650e6, 0.394),
                all.of("ESM-1v, one model", 650e6, 0.374),
                all.of("ESM-2 650M", 650e6, 0.414),
                all.of("ESM-2 3B", 3e9, 0.406),
                all.of("ESM-1v, ensemble of 5", 5 * 650e6, 0.407),
                all.of("ESM-2 15B", 15e9, 0.400));
    }

    private static List<MeasuredModel> scan(String assay, double... values) {
        Publication scan = new Publication(EvaluationKind.VARIANT_EFFECT, SPEARMAN, assay, SCANS, true, SAME_SCAN);
        return List.of(
                scan.about(assay, "ESM-2 8M", 8e6, values[0]),
                scan.about(assay, "ESM-2 35M", 35e6, values[1]),
                scan.about(assay, "ESM-2 150M", 150e6, values[2]),
                scan.about(assay, "ESM-2 650M", 650e6, values[3]),
                scan.about(assay, "ESM-2 3B", 3e9, values[4]),
                scan.about(assay, "ESM-2 15B", 15e9, values[5]));
    }

    private static List<MeasuredModel> secondaryStructure(
            String proteins, double protBert, double protBertBfd, double protT5) {
        Publication set =
                new Publication(EvaluationKind.SECONDARY_STRUCTURE, Q3, proteins, PROT_TRANS, false, CNN_HEAD);
        return List.of(
                set.of("ProtBert", 420e6, protBert),
                set.of("ProtBert-BFD", 420e6, protBertBfd),
                set.of("ProtT5-XL-U50", 3e9, protT5));
    }

    private static List<MeasuredModel> contacts() {
        Publication set = new Publication(
                EvaluationKind.CONTACTS,
                LONG_PRECISION,
                "the proteins called large valid",
                ESM_TABLE,
                false,
                SPARSE_REGRESSION);
        return List.of(
                set.of("ESM-2 8M", 8e6, 0.159),
                set.of("ESM-2 35M", 35e6, 0.288),
                set.of("ESM-2 150M", 150e6, 0.422),
                set.of("ESM-1b", 650e6, 0.411),
                set.of("ESM-1v, one model", 650e6, 0.353),
                set.of("ESM-2 650M", 650e6, 0.501),
                set.of("ESM-2 3B", 3e9, 0.527),
                set.of("ProtT5-XL-U50", 3e9, 0.479),
                set.of("ESM-2 15B", 15e9, 0.545));
    }

    private static List<MeasuredModel> perplexityOfItsAuthors() {
        Publication set = new Publication(
                EvaluationKind.PERPLEXITY,
                PERPLEXITY,
                "its authors' held-out proteins of UniRef50",
                "Lin et al. 2023, as quoted by NVIDIA BioNeMo's page of ESM-2",
                false,
                "which proteins those are was not published");
        return List.of(set.of("ESM-2 650M", 650e6, 6.95), set.of("ESM-2 3B", 3e9, 6.49));
    }

    private static List<MeasuredModel> perplexityOnNewProteins() {
        Publication set = new Publication(
                EvaluationKind.PERPLEXITY,
                PERPLEXITY,
                "test set of OMGprot50, 15 % masked",
                "Synthyra's SpeedrunningPLMs, table of benchmarks",
                false,
                OTHER_PROTEINS);
        return List.of(
                set.of("ESM-2 8M", 8e6, 10.3688),
                set.of("ESM-2 35M", 35e6, 9.1102),
                set.of("ESM-2 150M", 150e6, 8.1515),
                set.of("ESM-2 650M", 650e6, 7.1057));
    }

    private static List<MeasuredModel> perplexityBelowHalfIdentity() {
        Publication own = new Publication(
                EvaluationKind.PERPLEXITY,
                PERPLEXITY,
                "8,000 proteins of at most 50 % identity to the training proteins",
                "Serrano et al. 2024, section 3.3",
                false,
                "the protocol serrano-2024/heldout, on proteins that were not published");
        Publication quoted = new Publication(
                EvaluationKind.PERPLEXITY,
                PERPLEXITY,
                "proteins of xTrimoPGLM's authors",
                "Chen et al. 2024, as quoted by Serrano et al. 2024, section 3.3",
                false,
                OTHER_PROTEINS);
        return List.of(own.of("Serrano 2024 35M", 35e6, 11.43), quoted.of("ESM-2 15B", 15e9, 10.98));
    }
}
