package org.plmfrontier.fitting.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

class MeasuredModelsTest {
    private static final String SCAN = "BLAT_ECOLX_Stiffler_2015";

    /** A value's range by the metric that trainers emit. */
    private static final Map<String, double[]> RANGES = Map.of(
            "spearman", new double[] {-1, 1},
            "q3", new double[] {1.0 / 3, 1},
            "longPrecisionL", new double[] {0, 1},
            "perplexity", new double[] {1, 29});

    @Test
    void eachHasASourceItsDataAReasonAndAValueInTheRangeOfItsMetric() {
        assertThat(MeasuredModels.ALL).allSatisfy(model -> {
            assertThat(model.model()).isNotBlank();
            assertThat(model.source()).isNotBlank();
            assertThat(model.data()).isNotBlank();
            assertThat(model.why()).isNotBlank().doesNotEndWith(".");
            assertThat(RANGES).containsKey(model.metric());
            double[] range = RANGES.get(model.metric());
            assertThat(model.value()).isGreaterThan(range[0]).isLessThan(range[1]);
        });
    }

    @Test
    void eachKindOfEvaluationHasPublishedNumbersOfItsOwnMetric() {
        assertThat(MeasuredModels.ALL.stream()
                        .collect(Collectors.toMap(MeasuredModel::kind, MeasuredModel::metric, (one, other) -> {
                            assertThat(other).isEqualTo(one);
                            return one;
                        })))
                .containsOnly(
                        entry(EvaluationKind.VARIANT_EFFECT, "spearman"),
                        entry(EvaluationKind.SECONDARY_STRUCTURE, "q3"),
                        entry(EvaluationKind.CONTACTS, "longPrecisionL"),
                        entry(EvaluationKind.PERPLEXITY, "perplexity"));
    }

    @Test
    void aModelStandsOnceInEachTableSmallestFirst() {
        Map<String, List<MeasuredModel>> tables = MeasuredModels.ALL.stream()
                .collect(Collectors.groupingBy(model -> model.metric() + model.data() + model.source()));
        assertThat(tables.values())
                .allSatisfy(table -> assertThat(table)
                        .isSortedAccordingTo(Comparator.comparingDouble(MeasuredModel::parameters))
                        .extracting(MeasuredModel::model)
                        .doesNotHaveDuplicates());
    }

    @Test
    void aScanThatIsPublishedByItselfIsComparedWithItsOwnNumbersAndAnyOtherWithTheMeans() {
        assertThat(MeasuredModel.of(EvaluationKind.VARIANT_EFFECT, "spearman", SCAN))
                .hasSize(6)
                .allSatisfy(model -> assertThat(model.comparable()).isTrue())
                .extracting(MeasuredModel::value)
                .contains(0.731);
        for (String other : List.of("", "MY_SCAN_2026")) {
            assertThat(MeasuredModel.of(EvaluationKind.VARIANT_EFFECT, "spearman", other))
                    .hasSize(11)
                    .allSatisfy(model -> assertThat(model.comparable()).isFalse());
        }
        assertThat(MeasuredModel.of(EvaluationKind.VARIANT_EFFECT, "auc", SCAN)).isEmpty();
        assertThat(MeasuredModel.of(EvaluationKind.CONTACTS, "spearman", "")).isEmpty();
    }

    @Test
    void aNumberThatIsNoneIsRefusedWithTheModel() {
        assertThatThrownBy(() -> new MeasuredModel(
                        "m", 1, EvaluationKind.PERPLEXITY, "perplexity", "", Double.NaN, "d", "s", false, "w"))
                .hasMessage("perplexity of m must be finite, got NaN");
        assertThatThrownBy(() -> new MeasuredModel(
                        "m", 0, EvaluationKind.PERPLEXITY, "perplexity", "", 11, "d", "s", false, "w"))
                .hasMessage("parameters of m must be positive, got 0.0");
    }
}
