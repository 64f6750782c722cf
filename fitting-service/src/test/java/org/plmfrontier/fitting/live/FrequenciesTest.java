package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.Studies;

/** Runs that come to stand at a floor, near and far from what the frequencies alone reach. */
class FrequenciesTest {
    private static final FitSettings SETTINGS = new FitSettings(Stiffness.crossValidated(), new Bootstrap(20, 0.95, 1));
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final MaskedReferences MASKED = new MaskedReferences(Masking.BERT, 1000, 2.713, 2.888, 2.68, 2.86);
    private static final Masking ALL_MASK = new Masking(0.15, 1, 0);

    @Test
    void aFloorOfTheFrequenciesUnderMasksIsCalledSoInTheRunAndInTheStudy() {
        StudyFit fit = fit(2.697, MASKED, Masking.BERT, null);
        assertThat(fit.runs().values()).allSatisfy(run -> {
            assertThat(run.verdict()).isInstanceOf(Plateau.class);
            assertThat(run.verdict().reason()).contains("no better than the frequencies under these masks (2.713");
        });
        FamilyFit family = fit.onlyFamily().orElseThrow();
        assertThat(family.pooled().verdict()).isInstanceOf(Plateau.class);
        assertThat(family.pooled().verdict().reason())
                .contains("no better than the frequencies under these masks (2.713");
    }

    @Test
    void aFloorWellBelowIsNot() {
        StudyFit fit = fit(2.6, MASKED, Masking.BERT, null);
        assertThat(fit.runs().values()).allSatisfy(run -> {
            assertThat(run.verdict()).isInstanceOf(Plateau.class);
            assertThat(run.verdict().reason()).doesNotContain("frequencies");
        });
        assertThat(fit.onlyFamily().orElseThrow().pooled().verdict().reason()).doesNotContain("frequencies");
    }

    @Test
    void theHeldOutLossDecidesBeforeTheTrainingLoss() {
        StudyFit fit = fit(2.6, MASKED, Masking.BERT, 2.7);
        assertThat(fit.runs().values())
                .allSatisfy(run -> assertThat(run.verdict().reason()).contains("2.700 nats is no better"));
    }

    @Test
    void aTrainingLossUnderOtherMasksThanTheEvaluationsIsNotCompared() {
        StudyFit fit = fit(2.697, MASKED, ALL_MASK, null);
        assertThat(fit.runs().values())
                .allSatisfy(run -> assertThat(run.verdict().reason()).doesNotContain("frequencies"));
        assertThat(fit.onlyFamily().orElseThrow().pooled().verdict().reason()).doesNotContain("frequencies");
        assertThat(fit(2.697, MASKED, ALL_MASK, 2.7).runs().values())
                .allSatisfy(run -> assertThat(run.verdict().reason()).contains("no better than the frequencies"));
    }

    @Test
    void aCorpusOfOldIsComparedWithNothing() {
        assertThat(fit(2.697, null, Masking.BERT, 2.7).runs().values())
                .allSatisfy(run -> assertThat(run.verdict().reason()).doesNotContain("frequencies"));
    }

    private static StudyFit fit(
            double floor, @Nullable MaskedReferences masked, Masking masking, @Nullable Double heldOut) {
        Studies studies = new Studies(StepThinning.USUAL);
        List<ModelShape> shapes =
                List.of(ModelShape.esm2(1, 16, 1), ModelShape.esm2(2, 32, 2), ModelShape.esm2(2, 64, 4));
        for (int i = 0; i < shapes.size(); i++) {
            assertThat(studies.add(run(i, shapes.get(i), floor, masked, masking, heldOut)))
                    .isEmpty();
        }
        return StudyFit.of(studies.find("flat").orElseThrow(), Optional.empty(), SETTINGS);
    }

    /** Falls to the floor within the first tenth of the steps and stays. */
    private static List<TrainingEvent> run(
            int index,
            ModelShape shape,
            double floor,
            @Nullable MaskedReferences masked,
            Masking masking,
            @Nullable Double heldOut) {
        Recipe recipe = RecipeBuilder.builder()
                .name("r")
                .schedule(new Schedule.Constant(2e-3, 0))
                .optimizer(Optimizer.adamW())
                .masking(masking)
                .tokenDropout(true)
                .recordsPerStep(1)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(1)
                .threads(1)
                .build();
        CorpusRef corpus = new CorpusRef("c", 4000, 8_000_000, 4, new ReferenceLosses(3.367, 2.887, 2.873, masked));
        String id = "flat-" + index;
        int steps = 1500;
        RunSpec plan = RunSpecBuilder.builder()
                .studyId("flat")
                .runId(id)
                .name(id)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(List.of(new RunSpec.Budget(1e3 * steps, steps)))
                .expectedFlops(1e9 * steps)
                .build();
        List<TrainingEvent> events = new ArrayList<>(List.of(new RunPlanned(plan, AT)));
        Random noise = new Random(7 + index);
        double flops = 1e9 * (1 + index);
        for (int step = 1; step <= steps; step++) {
            double loss = floor + 0.6 * Math.exp(-step / 40.0) + 0.004 * noise.nextGaussian();
            events.add(new StepCompleted(
                    "flat", id, step, 1e3 * step, flops * step, flops * step, loss, 2e-3, 0.5, 1000, AT));
        }
        if (heldOut != null) {
            events.add(TrainingEventHeldOutEvaluatedBuilder.builder()
                    .studyId("flat")
                    .runId(id)
                    .step(steps)
                    .budgetTokens(1e3 * steps)
                    .tokens(1e3 * steps)
                    .computeFlops(flops * steps)
                    .lossNats(heldOut)
                    .selectedResidues(1000)
                    .at(AT)
                    .build());
        }
        return events;
    }
}
