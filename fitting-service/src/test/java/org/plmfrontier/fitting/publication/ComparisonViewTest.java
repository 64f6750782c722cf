package org.plmfrontier.fitting.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.Studies;

class ComparisonViewTest {
    private static final ReferenceLosses UNDER_MASKS = new ReferenceLosses(
            3.367, 2.887, 2.873, new MaskedReferences(Masking.BERT, 13_000, 2.708, 2.885, 2.667, 2.848));

    @Test
    void aMaskedLossIsComparedUnderMasksAndItsPartOnMaskWithTheEntropyOfTheFrequencies() {
        for (Family family : new Family[] {Family.ESM2, Family.LSTM}) {
            ComparisonView sheet = ComparisonView.of(family, UNDER_MASKS);
            assertThat(sheet.masked()).isTrue();
            assertThat(sheet.lines())
                    .extracting(ComparisonView.Predictor::lossNats)
                    .containsExactly(3.367, 2.708, 2.667);
            assertThat(sheet.onMask())
                    .extracting(ComparisonView.Predictor::lossNats)
                    .containsExactly(2.885, 2.848);
            assertThat(sheet.note()).isNull();
        }
    }

    @Test
    void aCausalLossIsComparedWithTheChains() {
        ComparisonView sheet = ComparisonView.of(Family.CAUSAL, UNDER_MASKS);
        assertThat(sheet.lines()).extracting(ComparisonView.Predictor::lossNats).containsExactly(3.367, 2.887, 2.873);
        assertThat(sheet.onMask()).isEmpty();
    }

    @Test
    void whereNothingWasComputedUnderMasksItSaysSoAndDrawsNoOtherLine() {
        ComparisonView sheet = ComparisonView.of(Family.ESM2, new ReferenceLosses(3.367, 2.887, 2.873));
        assertThat(sheet.lines()).extracting(ComparisonView.Predictor::name).containsExactly("uniform");
        assertThat(sheet.note()).contains("not computed");
    }

    @Test
    void familiesAscendAndThereIsNothingBeforeTheFirstPlan() {
        PlantedStudy planted = PlantedStudy.ofTwoFamilies("two", 60, 1).withParts();
        Studies studies = new Studies(StepThinning.USUAL);
        studies.add(planted.training());
        assertThat(ComparisonView.of(studies.find("two").orElseThrow())).isEmpty();
        studies.add(planted.plans());
        assertThat(ComparisonView.of(studies.find("two").orElseThrow()))
                .extracting(ComparisonView::family)
                .containsExactly("CAUSAL", "ESM2");
    }
}
