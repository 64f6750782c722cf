package org.plmfrontier.launcher.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theLossesToBeatAreThoseUnderTheMasksOfTheEvaluation() throws Exception {
        String references = """
                {"uniformNats":3.3673,"unigramNats":2.887,"markovNats":2.873,
                 "masked":{"frequenciesNats":2.7083,"frequenciesOnMaskNats":2.8853,"neighboursNats":2.6673,
                  "neighboursOnMaskNats":2.8482}}
                """;
        assertThat(Comparisons.ofMasked(json.readTree(references)))
                .isEqualTo("under the masks of the evaluation: ln 29 3.367, frequencies 2.708, visible neighbours 2.667"
                        + " nats; on MASK frequencies, H(f), 2.885, visible neighbours 2.848");
    }

    @Test
    void aCorpusOfOldHasNoneAndGetsNoOther() throws Exception {
        assertThat(Comparisons.ofMasked(
                        json.readTree("{\"uniformNats\":3.3673,\"unigramNats\":2.887,\"markovNats\":2.873}")))
                .contains("not computed")
                .doesNotContain("2.887")
                .doesNotContain("2.873");
    }

    @Test
    void whatIsMissingIsSaidWithItsReason() throws Exception {
        String comparisons = """
                [{"family":"LSTM","masked":true,"lines":[{"name":"uniform","label":"uniform, ln 29","lossNats":3.367}],
                  "onMask":[],"note":"references under masks: not computed"}]
                """;
        assertThat(Comparisons.sentences(json.readTree(comparisons)))
                .containsExactly("Losses that need no network, for LSTM: uniform, ln 29 3.367 nats; references under"
                        + " masks: not computed");
    }

    @Test
    void aStudyThatLearnedTheCompositionAloneSaysSo() throws Exception {
        String study = """
                {"comparisons":[{"family":"ESM2","lines":[{"name":"frequencies","label":"frequencies","lossNats":2.713}]}],
                 "runs":[{"family":"ESM2","heldOutNats":2.75},{"family":"ESM2","heldOutNats":%s},{"family":"LSTM","heldOutNats":2.1}]}
                """;
        assertThat(Comparisons.compositionOnly(json.readTree(study.formatted("2.688"))))
                .singleElement()
                .asString()
                .contains("ESM2, 2.688 nats, is 0.025 below what frequencies alone reach");
        assertThat(Comparisons.compositionOnly(json.readTree(study.formatted("2.66"))))
                .isEmpty();
        assertThat(Comparisons.compositionOnly(json.readTree("{\"runs\":[]}"))).isEmpty();
    }
}
