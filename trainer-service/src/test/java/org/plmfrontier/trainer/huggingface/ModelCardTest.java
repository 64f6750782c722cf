package org.plmfrontier.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;

class ModelCardTest {
    private static final ReferenceLosses UNDER_MASKS =
            new ReferenceLosses(3.37, 2.9, 2.87, new MaskedReferences(Masking.BERT, 1500, 2.713, 2.888, 2.688, 2.86));

    @Test
    void aMaskedLossStandsBesidePredictorsUnderTheSameMasks() {
        assertThat(card(ModelShape.esm2(1, 8, 2), UNDER_MASKS))
                .contains("under the same masks | uniform 3.3700, residue frequencies 2.7130, visible neighbours 2.6880"
                        + " nats; on MASK 2.8880 and 2.8600 |")
                .doesNotContain("Markov");
    }

    @Test
    void aCausalLossStandsBesideTheMarkovChain() {
        assertThat(card(new ModelShape(Family.CAUSAL, 1, 8, 32, 2), UNDER_MASKS))
                .contains("| losses that need no network | uniform 3.3700, residue frequencies 2.9000, order-2 Markov"
                        + " chain 2.8700 nats |")
                .doesNotContain("MASK");
    }

    @Test
    void aCorpusOfOldHasNoLineOfAnotherTaskOnTheCard() {
        assertThat(card(ModelShape.lstm(1, 8, 8), new ReferenceLosses(3.37, 2.9, 2.87)))
                .contains("under the same masks | not computed for this corpus; uniform 3.3700 nats |")
                .doesNotContain("2.9000")
                .doesNotContain("2.8700");
    }

    @Test
    void aCommonHeldOutSetIsNamed() {
        String digest = "0c".repeat(32);
        CorpusRef common = new CorpusRef("c", 10, 1000, 2, UNDER_MASKS, HeldOutSet.of(digest));
        assertThat(card(ModelShape.esm2(1, 8, 2), common))
                .contains("| held-out set | " + digest + " (digest; other corpora may have it too) |");
        assertThat(card(ModelShape.esm2(1, 8, 2), UNDER_MASKS)).doesNotContain("| held-out set |");
    }

    private static String card(ModelShape shape, ReferenceLosses references) {
        return card(shape, new CorpusRef("c", 10, 1000, 2, references));
    }

    private static String card(ModelShape shape, CorpusRef corpus) {
        Recipe recipe = RecipeBuilder.builder()
                .name("r")
                .schedule(new Schedule.Constant(1e-3, 0))
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(false)
                .recordsPerStep(1)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(1)
                .threads(1)
                .build();
        RunSpec run = RunSpecBuilder.builder()
                .studyId("s")
                .runId("r")
                .name("n")
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(List.of(new RunSpec.Budget(800, 8)))
                .expectedFlops(1e9)
                .build();
        RunFacts facts = new RunFacts(run, 2.5, 2.75, "t", Instant.parse("2026-01-02T03:04:05Z"), null);
        return new ModelCard(facts, new RunProgress(8, 8, 720, 1e9, 1.1e9), "version 9", null).text();
    }
}
