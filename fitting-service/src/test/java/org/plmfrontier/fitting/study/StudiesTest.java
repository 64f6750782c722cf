package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventHeldOutEvaluatedBuilder;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;

class StudiesTest {
    private static final PlantedStudy PLANTED = PlantedStudy.ofSix("planted", 60, 11);
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void anyOrderAndRepetitionGiveTheSameRuns() {
        Studies inOrder = studies();
        inOrder.add(PLANTED.all());
        for (long seed = 1; seed <= 20; seed++) {
            List<TrainingEvent> shuffled = new ArrayList<>(PLANTED.all());
            shuffled.addAll(PLANTED.all());
            Collections.shuffle(shuffled, new Random(seed));
            Studies other = studies();
            for (int from = 0; from < shuffled.size(); from += 37) {
                assertThat(other.add(shuffled.subList(from, Math.min(shuffled.size(), from + 37))))
                        .as("refusals with seed %d", seed)
                        .isEmpty();
            }
            assertThat(study(other).runs())
                    .as("seed %d", seed)
                    .isEqualTo(study(inOrder).runs());
        }
    }

    @Test
    void repeatedEventsDoNotChangeTheRevision() {
        Studies studies = studies();
        studies.add(PLANTED.all());
        Study before = study(studies);
        studies.add(PLANTED.all());
        assertThat(study(studies)).isSameAs(before);
    }

    @Test
    void runsKnowTheirStateProgressAndReferences() {
        Studies studies = studies();
        studies.add(PLANTED.all());
        Study study = study(studies);
        assertThat(study.state()).isEqualTo(RunState.COMPLETED);
        assertThat(study.doneFlops()).isCloseTo(study.expectedFlops(), within(1e-9 * study.expectedFlops()));
        assertThat(study.remainingFlops()).isZero();
        assertThat(study.references().orElseThrow().unigramNats()).isEqualTo(2.891);
        assertThat(study.knownRuns()).extracting(Run::parameters).isSorted();
        assertThat(study.knownRuns().getFirst().step()).isEqualTo(60);
        assertThat(study.knownRuns().getFirst().curve().finals()).hasSize(3);
    }

    @Test
    void aStepThatGoesBackInTokensIsRefusedAndTheOthersAreIn() {
        Studies studies = studies();
        studies.add(PLANTED.plans());
        List<Refusal> refusals = studies.add(List.of(step(1, 100, 1e9), step(2, 90, 2e9), step(3, 300, 3e9)));
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.index()).isEqualTo(1);
            assertThat(refusal.reason()).contains("planted-0 goes back", "step 1 has 100.0 tokens", "step 2 has 90.0");
        });
        assertThat(study(studies).runs().get("planted-0").curve().points())
                .extracting(point -> point.step())
                .containsExactly(1L, 3L);
    }

    @Test
    void aKnownStepWithOtherValuesIsRefused() {
        Studies studies = studies();
        studies.add(List.of(step(1, 100, 1e9)));
        assertThat(studies.add(List.of(step(1, 100, 1.5e9))))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("step 1 of run planted-0 is known"));
    }

    @Test
    void aSecondResultForABudgetIsRefused() {
        Studies studies = studies();
        studies.add(List.of(heldOut(2.9)));
        assertThat(studies.add(List.of(heldOut(2.9), heldOut(2.8))))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("evaluated before"));
    }

    @Test
    void anEventOfAnotherStudyIsRefused() {
        Studies studies = studies();
        studies.add(PLANTED.plans());
        TrainingEvent stray = new RunStateChanged("other", "planted-0", RunState.STOPPED, 0, "", AT);
        assertThat(studies.add(List.of(stray)))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("belongs to study planted"));
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        TrainingEvent nameless = new RunStateChanged("planted", "No Id\0", RunState.STOPPED, 0, "", AT);
        assertThat(studies().add(List.of(nameless)))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("runId"));
    }

    @Test
    void aRunWithoutAPlanIsNotShownUntilItsPlanCame() {
        Studies studies = studies();
        studies.add(PLANTED.training());
        assertThat(study(studies).knownRuns()).isEmpty();
        studies.add(PLANTED.plans());
        assertThat(study(studies).knownRuns()).hasSize(6);
        assertThat(study(studies).knownRuns().getFirst().curve().parameters()).isEqualTo(27456);
    }

    @Test
    void theLaterStateCountsWhateverTheOrder() {
        RunStateChanged early = new RunStateChanged("planted", "planted-0", RunState.STOPPED, 10, "by hand", AT);
        RunStateChanged late =
                new RunStateChanged("planted", "planted-0", RunState.TRAINING, 10, "", AT.plusSeconds(5));
        for (List<RunStateChanged> order : List.of(List.of(early, late), List.of(late, early))) {
            Studies studies = studies();
            studies.add(order);
            assertThat(study(studies).runs().get("planted-0").state()).isEqualTo(RunState.TRAINING);
        }
    }

    @Test
    void timeLeftFollowsThePaceOfTheEvents() {
        Studies studies = studies();
        studies.add(PLANTED.plans());
        assertThat(study(studies).secondsLeft()).isEmpty();
        double flops = study(studies).expectedFlops();
        studies.add(List.of(at(step(1, 100, flops * 0.1), 0)));
        studies.add(List.of(at(step(2, 200, flops * 0.2), 10)));
        assertThat(study(studies).secondsLeft().orElseThrow()).isPositive();
        assertThat(study(studies).pace().flopsPerSecond().orElseThrow()).isCloseTo(flops * 0.01, within(flops * 1e-9));
    }

    @Test
    void anEvaluationWithPartsCompletesTheSameOneWithoutAndContradictsAnother() {
        LossParts parts = new LossParts(new LossPart(2.9, 800), new LossPart(3.1, 90), new LossPart(0.9, 110));
        HeldOutEvaluated whole = new HeldOutEvaluated("planted", "planted-0", 5, 500, 500, 5e9, 2.698, 1000, AT, parts);
        LossParts others = new LossParts(new LossPart(2.9, 800), new LossPart(2.0, 100), new LossPart(1.78, 100));
        HeldOutEvaluated contrary =
                new HeldOutEvaluated("planted", "planted-0", 5, 500, 500, 5e9, 2.698, 1000, AT, others);
        for (List<HeldOutEvaluated> order : List.of(List.of(heldOut(2.698), whole), List.of(whole, heldOut(2.698)))) {
            Studies studies = studies();
            studies.add(PLANTED.plans());
            order.forEach(event -> assertThat(studies.add(List.of(event))).isEmpty());
            assertThat(study(studies).runs().get("planted-0").curve().finals())
                    .singleElement()
                    .satisfies(point -> assertThat(point.parts()).isEqualTo(parts));
            assertThat(studies.add(List.of(contrary)))
                    .singleElement()
                    .satisfies(
                            refusal -> assertThat(refusal.reason()).contains("evaluated before, with another result"));
        }
    }

    private static Offset<Double> within(double distance) {
        return Offset.offset(distance);
    }

    private static Studies studies() {
        return new Studies(StepThinning.USUAL);
    }

    private static Study study(Studies studies) {
        return studies.find("planted").orElseThrow();
    }

    private static StepCompleted step(long step, double tokens, double flops) {
        return new StepCompleted("planted", "planted-0", step, tokens, flops, flops, 3.0, 1e-3, 0.5, 1000, AT);
    }

    private static StepCompleted at(StepCompleted step, int seconds) {
        return new StepCompleted(
                step.studyId(),
                step.runId(),
                step.step(),
                step.tokens(),
                step.computeFlops(),
                step.executedFlops(),
                step.lossNats(),
                step.learningRate(),
                step.gradientNorm(),
                step.tokensPerSecond(),
                AT.plusSeconds(seconds));
    }

    private static HeldOutEvaluated heldOut(double lossNats) {
        return TrainingEventHeldOutEvaluatedBuilder.builder()
                .studyId("planted")
                .runId("planted-0")
                .step(5)
                .budgetTokens(500)
                .tokens(500)
                .computeFlops(5e9)
                .lossNats(lossNats)
                .selectedResidues(1000)
                .at(AT)
                .build();
    }
}
