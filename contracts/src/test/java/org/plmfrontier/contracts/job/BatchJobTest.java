package org.plmfrontier.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;

class BatchJobTest {
    private static RunSpec run(String id, RunSpec.Budget... budgets) {
        Recipe recipe = RecipeBuilder.builder()
                .name("r")
                .schedule(new Schedule.Constant(1e-3, 0))
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(true)
                .recordsPerStep(4)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(1)
                .threads(1)
                .build();
        CorpusRef corpus = new CorpusRef("c", 10, 100, 1, new ReferenceLosses(3.4, 2.9, 2.8));
        return RunSpecBuilder.builder()
                .studyId("s")
                .runId(id)
                .name("n")
                .shape(ModelShape.esm2(1, 8, 2))
                .recipe(recipe)
                .corpus(corpus)
                .budgets(List.of(budgets))
                .expectedFlops(1)
                .build();
    }

    @Test
    void aSliceHoldsWholeSteps() {
        RunSpec run = run("r", new RunSpec.Budget(10, 8));
        assertThatThrownBy(() -> new BatchJob(run, 0, 0, 6, 1)).hasMessageContaining("whole steps of 4 records");
    }

    @Test
    void anEmptySliceIsRefused() {
        RunSpec run = run("r", new RunSpec.Budget(10, 8));
        assertThatThrownBy(() -> new BatchJob(run, 0, 4, 4, 1)).hasMessageContaining("is empty");
    }

    @Test
    void budgetsAscend() {
        assertThatThrownBy(() -> run("r", new RunSpec.Budget(10, 8), new RunSpec.Budget(20, 8)))
                .hasMessageContaining("do not ascend");
    }

    @Test
    void aRunGoesOnFromItselfWithFewerBudgetsAndFromNothingElse() {
        RunSpec first = run("r", new RunSpec.Budget(10, 8));
        RunSpec longer = run("r", new RunSpec.Budget(10, 8), new RunSpec.Budget(20, 16));
        assertThat(longer.goesOnFrom(first)).isTrue();
        assertThat(first.goesOnFrom(longer)).isFalse();
        assertThat(first.goesOnFrom(first)).isFalse();
        assertThat(run("other", new RunSpec.Budget(10, 8), new RunSpec.Budget(20, 16))
                        .goesOnFrom(first))
                .isFalse();
        assertThat(run("r", new RunSpec.Budget(10, 4), new RunSpec.Budget(20, 16))
                        .goesOnFrom(first))
                .isFalse();
        Recipe ending = first.recipe().withSchedule(new Schedule.WarmupCosine(1e-3, 1, 30, 0));
        assertThat(with(longer, ending).goesOnFrom(with(first, ending))).isFalse();
    }

    @Test
    void anLstmHasNoStreamInBfloat16() {
        RunSpec run = run("r", new RunSpec.Budget(10, 8));
        Recipe streaming =
                RecipeBuilder.from(run.recipe()).tokenDropout(false).build().withPrecision(Precision.BF16_RESIDUAL);
        RunSpec plain = with(run, streaming);
        assertThatThrownBy(() -> RunSpecBuilder.from(plain)
                        .shape(ModelShape.lstm(1, 8, 8))
                        .build())
                .hasMessage("recipe.precision BF16_RESIDUAL of run r: LSTM has no residual stream");
    }

    private static RunSpec with(RunSpec run, Recipe recipe) {
        return RunSpecBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .name(run.name())
                .shape(run.shape())
                .recipe(recipe)
                .corpus(run.corpus())
                .budgets(run.budgets())
                .expectedFlops(run.expectedFlops())
                .build();
    }

    @Test
    void idsThatWouldEscapeAFolderAreRefused() {
        assertThatThrownBy(() -> run("../r", new RunSpec.Budget(1, 4))).hasMessageContaining("runId");
    }
}
