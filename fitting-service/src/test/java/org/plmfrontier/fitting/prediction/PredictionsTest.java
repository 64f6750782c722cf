package org.plmfrontier.fitting.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.prediction.LossForecast.Outcome;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.ImportedStudy;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** Which run is due when, and what is predicted. */
class PredictionsTest {
    private static final LoggedStudy SIX = LoggedStudy.of(PlantedStudy.ofSix("six", 120, 3));

    @Test
    void aStageBeginsAtItsShare() {
        assertThat(Stage.at(0)).isEqualTo(Stage.SUBMITTED);
        assertThat(Stage.at(0.0999999)).isEqualTo(Stage.SUBMITTED);
        assertThat(Stage.at(0.1)).isEqualTo(Stage.TENTH);
        assertThat(Stage.at(0.3)).isEqualTo(Stage.THIRTY);
        assertThat(Stage.at(0.599)).isEqualTo(Stage.THIRTY);
        assertThat(Stage.at(0.6)).isEqualTo(Stage.SIXTY);
        assertThat(Stage.at(1.2)).isEqualTo(Stage.SIXTY);
    }

    @Test
    void everyPlannedRunIsDueAtOnceAndSaysThatNothingIsKnown() {
        Study planned = SIX.after(6);
        List<SealedPrediction> sealed = new Sealing().of(planned, "log", new PredictionBook());
        assertThat(sealed).hasSize(6);
        assertThat(sealed).extracting(one -> one.seal().asOf()).containsOnly("0:3,1:3");
        assertThat(sealed).allSatisfy(one -> {
            assertThat(one.prediction().stagePercent()).isZero();
            assertThat(one.prediction().computeShare()).isZero();
            assertThat(one.prediction().forecast().outcome()).isEqualTo(Outcome.NOT_IDENTIFIABLE);
            assertThat(one.prediction().forecast().reason())
                    .isEqualTo("a forecast needs at least 10 final losses, there are 0 so far");
            assertThat(one.prediction().forecast().losses()).isZero();
        });
        assertThat(Predictions.due(planned, key -> true)).isEmpty();
    }

    @Test
    void eachRunIsDueOncePerStageWhileItTrainsAndNeverAfterItsFinalLoss() {
        Set<Prediction.Key> sealed = new HashSet<>();
        for (int count = 6; count <= SIX.events().size(); count += 5) {
            for (Run run : Predictions.due(SIX.after(count), sealed::contains)) {
                assertThat(Predictions.outcome(run, run.budgetTokens())).isEmpty();
                assertThat(sealed.add(Predictions.key(run))).isTrue();
            }
        }
        assertThat(sealed).hasSize(24);
        assertThat(sealed.stream().filter(key -> key.runId().equals("six-0")).map(Prediction.Key::stagePercent))
                .containsExactlyInAnyOrder(0, 10, 30, 60);
        assertThat(Predictions.due(SIX.whole(), key -> false)).isEmpty();
    }

    @Test
    void aPassedStageIsNotSealedLaterAndIsSaidToBeMissed() {
        Study half = SIX.after(SIX.events().size() / 2);
        Run run = half.knownRuns().getFirst();
        assertThat(run.computeFlops() / run.expectedFlops()).isBetween(0.3, 0.6);
        assertThat(Predictions.due(half, key -> false))
                .extracting(Predictions::key)
                .contains(key(run, 30));
        assertThat(MissedStage.of(half, key -> key.stagePercent() == 30))
                .contains(
                        new MissedStage(run.runId(), 0, MissedStage.OVERTAKEN),
                        new MissedStage(run.runId(), 10, MissedStage.OVERTAKEN))
                .noneMatch(missed -> missed.stagePercent() >= 30);
        assertThat(MissedStage.of(SIX.whole(), key -> key.stagePercent() != 60))
                .hasSize(6)
                .allMatch(missed -> missed.equals(new MissedStage(missed.runId(), 60, MissedStage.OUTCOME)));
    }

    @Test
    void aRunThatDivergedIsNotPredictedAndOneThatIsStoppedIs() {
        for (RunState state : List.of(RunState.DIVERGED, RunState.STOPPED)) {
            Studies studies = new Studies(StepThinning.USUAL);
            studies.addLogged(SIX.events().subList(0, 6));
            studies.add(List.of(new RunStateChanged(
                    "six", "six-0", state, 0, "", SIX.events().getLast().event().at())));
            Study study = studies.find("six").orElseThrow();
            assertThat(Predictions.due(study, key -> false)).hasSize(state == RunState.STOPPED ? 6 : 5);
        }
    }

    @Test
    void aRunThatIsExtendedIsPredictedAnewForItsNewEnd() {
        Studies studies = new Studies(StepThinning.USUAL);
        studies.addLogged(SIX.events());
        RunSpec plan = SIX.whole().runs().get("six-0").spec().orElseThrow();
        List<RunSpec.Budget> budgets = new ArrayList<>(plan.budgets());
        RunSpec.Budget last = budgets.getLast();
        budgets.add(new RunSpec.Budget(4 * last.tokens(), 4 * last.endRecord()));
        RunSpec longer = plan.withBudgets(budgets, 4 * plan.expectedFlops());
        studies.add(List.of(
                new RunPlanned(longer, SIX.events().getLast().event().at()),
                new RunStateChanged(
                        "six",
                        "six-0",
                        RunState.TRAINING,
                        0,
                        "",
                        SIX.events().getLast().event().at().plusSeconds(9))));
        Study extended = studies.find("six").orElseThrow();
        assertThat(Predictions.due(extended, key -> key.plannedTokens() == last.tokens()))
                .extracting(Predictions::key)
                .containsExactly(new Prediction.Key("six-0", 10, 4 * last.tokens()));
    }

    @Test
    void aLateForecastIsNearWhatComesAndSaysWhatItRestsOn() {
        Study late = SIX.after(SIX.events().size() * 9 / 10);
        List<SealedPrediction> sealed = new Sealing().of(late, "log", new PredictionBook());
        assertThat(sealed).isNotEmpty().allSatisfy(one -> {
            LossForecast forecast = one.prediction().forecast();
            assertThat(forecast.outcome()).isEqualTo(Outcome.FITTED);
            assertThat(forecast.losses()).isGreaterThanOrEqualTo(10);
            double came = Predictions.outcome(
                            SIX.whole().runs().get(one.prediction().runId()),
                            one.prediction().planned().tokens())
                    .orElseThrow();
            assertThat(came).isCloseTo(forecast.lossNats().value(), Offset.offset(0.05));
        });
    }

    @Test
    void allRunsOfAFamilyShareOneForecaster() {
        FamilyForecasters forecasters = new FamilyForecasters();
        Study study = SIX.after(SIX.events().size() * 3 / 4);
        String family = study.families().getFirst();
        assertThat(forecasters.of(study, family)).isSameAs(forecasters.of(study, family));
        assertThat(forecasters.of(SIX.whole(), family)).isNotSameAs(forecasters.of(study, family));
    }

    @Test
    void aStudyFromAFileHasNoPredictions() {
        Studies studies = new Studies(StepThinning.USUAL);
        Run planned = SIX.after(6).knownRuns().getFirst();
        studies.add(new ImportedStudy("six", new ImportNote("hash", true, 1, 0, List.of()), List.of(planned)));
        assertThat(Predictions.due(studies.find("six").orElseThrow(), key -> false))
                .isEmpty();
    }

    @Test
    void anIntervalIsScoredByItsWidthAndWhatLiesOutside() {
        Estimate forecast = new Estimate(3.0, 2.9, 3.2, 0.95);
        assertThat(Score.of(forecast, 3.1).inside()).isTrue();
        assertThat(Score.of(forecast, 3.1).errorNats()).isCloseTo(0.1, within());
        assertThat(Score.of(forecast, 3.1).intervalScoreNats()).isCloseTo(0.3, within());
        assertThat(Score.of(forecast, 2.8).inside()).isFalse();
        assertThat(Score.of(forecast, 2.8).intervalScoreNats()).isCloseTo(0.3 + 40 * 0.1, within());
        assertThat(Score.of(forecast, 3.25).intervalScoreNats()).isCloseTo(0.3 + 40 * 0.05, within());
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-9);
    }

    private static Prediction.Key key(Run run, int percent) {
        return new Prediction.Key(run.runId(), percent, run.budgetTokens());
    }
}
