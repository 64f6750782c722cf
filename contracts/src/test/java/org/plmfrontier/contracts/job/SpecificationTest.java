package org.plmfrontier.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

class SpecificationTest {
    private static final Optimizer ADAM_W = Optimizer.adamW();
    private static final Recipe RECIPE = recipe(new Schedule.Constant(1e-3, 0), ADAM_W, Masking.BERT);
    private static final ModelShape SHAPE = ModelShape.esm2(2, 16, 2);
    private static final CorpusRef CORPUS = corpus("c", 40);

    @Test
    void staysWhatItWasInEveryVersion() {
        assertThat(Specification.text(run(SHAPE, RECIPE, CORPUS, null))).isEqualTo("""
                shape ESM2 2 16 64 2
                schedule constant 0.001 0.0
                optimizer DECOUPLED 0.9 0.98 1.0E-8 0.01 1.0
                masking bert 0.15 0.8 0.1
                tokenDropout false
                recordsPerStep 4
                precision FP32
                deterministic false
                seed 1
                threads 1
                corpus c 40
                """);
        assertThat(run(SHAPE, RECIPE, CORPUS, null).specification()).isEqualTo("e64299310b167969");
    }

    @Test
    void isAnotherForEachPartThatDecidesTheWeights() {
        Optimizer l2 = new Optimizer(Optimizer.Decay.L2, 0.9, 0.98, 1e-8, 0.01, 1.0);
        Optimizer clipped = new Optimizer(Optimizer.Decay.DECOUPLED, 0.9, 0.98, 1e-8, 0.01, 0.5);
        List<RunSpec> runs = List.of(
                run(SHAPE, RECIPE, CORPUS, null),
                run(ModelShape.causal(2, 16, 2), RECIPE, CORPUS, null),
                run(ModelShape.esm2(3, 16, 2), RECIPE, CORPUS, null),
                run(ModelShape.modern(2, 16, 2), RECIPE, CORPUS, null),
                run(ModelShape.modern(2, 16, 2).withQkNorm(), RECIPE, CORPUS, null),
                run(ModelShape.modernCausal(2, 16, 2), RECIPE, CORPUS, null),
                run(SHAPE, RECIPE.withSeed(2), CORPUS, null),
                run(SHAPE, RECIPE.withPrecision(Precision.BF16), CORPUS, null),
                run(SHAPE, RECIPE.withShards(2), CORPUS, null),
                run(SHAPE, RECIPE.withShards(8), CORPUS, null),
                run(SHAPE, recipe(new Schedule.Constant(2e-3, 0), ADAM_W, Masking.BERT), CORPUS, null),
                run(SHAPE, recipe(new Schedule.Constant(1e-3, 9), ADAM_W, Masking.BERT), CORPUS, null),
                run(SHAPE, recipe(new Schedule.TokenDecay(1e-3, .9, 10), ADAM_W, Masking.BERT), CORPUS, null),
                run(SHAPE, recipe(new Schedule.WarmupCosine(1e-3, 0, 10, .1), ADAM_W, Masking.BERT), CORPUS, null),
                run(SHAPE, recipe(RECIPE.schedule(), l2, Masking.BERT), CORPUS, null),
                run(SHAPE, recipe(RECIPE.schedule(), clipped, Masking.BERT), CORPUS, null),
                run(SHAPE, recipe(RECIPE.schedule(), ADAM_W, new Masking(.2, .8, .1)), CORPUS, null),
                run(SHAPE, RECIPE, corpus("d", 40), null),
                run(SHAPE, RECIPE, corpus("c", 41), null),
                run(SHAPE, RECIPE, CORPUS, "weights"));
        Set<String> hashes = runs.stream().map(RunSpec::specification).collect(Collectors.toSet());
        assertThat(hashes).hasSameSizeAs(runs);
    }

    @Test
    void isTheSameUnderOtherNamesBudgetsAndReferences() {
        RunSpec run = run(SHAPE, RECIPE, CORPUS, null);
        RunSpec renamed = RunSpecBuilder.builder()
                .studyId("t")
                .runId("other")
                .name("big")
                .shape(SHAPE)
                .recipe(RECIPE)
                .corpus(CORPUS)
                .budgets(run.budgets())
                .expectedFlops(7)
                .build();
        RunSpec longer = run.withBudgets(List.of(new RunSpec.Budget(10, 8), new RunSpec.Budget(20, 16)), 2);
        RunSpec rebuilt = run.withReferences(new ReferenceLosses(3, 2, 1));
        assertThat(Stream.of(renamed, longer, rebuilt).map(RunSpec::specification))
                .containsOnly(run.specification());
    }

    @Test
    void differencesAreNamedWithBothValues() {
        RunSpec run = run(SHAPE, RECIPE, CORPUS, null);
        RunSpec other = run(SHAPE, RECIPE.withSeed(2), corpus("d", 40), "w");
        assertThat(other.differencesFrom(run))
                .containsExactly(
                        "seed 2 instead of 1", "corpus d 40 instead of c 40", "initialWeights w instead of none");
        assertThat(run.differencesFrom(run)).isEmpty();
    }

    private static RunSpec run(ModelShape shape, Recipe recipe, CorpusRef corpus, String weights) {
        List<RunSpec.Budget> budgets = List.of(new RunSpec.Budget(10, 8));
        return new RunSpec("s", "r", "n", shape, recipe, corpus, budgets, 1, weights);
    }

    private static Recipe recipe(Schedule schedule, Optimizer optimizer, Masking masking) {
        return RecipeBuilder.builder()
                .name("r")
                .schedule(schedule)
                .optimizer(optimizer)
                .masking(masking)
                .tokenDropout(false)
                .recordsPerStep(4)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(1)
                .threads(1)
                .build();
    }

    private static CorpusRef corpus(String id, long records) {
        return new CorpusRef(id, records, 100, 1, new ReferenceLosses(3.4, 2.9, 2.8));
    }
}
