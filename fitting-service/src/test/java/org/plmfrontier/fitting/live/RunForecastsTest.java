package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.forecast.Forecast;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Studies;

class RunForecastsTest {
    private static final FitSettings SETTINGS = new FitSettings(Stiffness.crossValidated(), new Bootstrap(20, 0.95, 1));

    private final AtomicLong now = new AtomicLong();
    private final RunForecasts forecasts = new RunForecasts(now::get);

    /** Six sizes, of which the last, and so the furthest in compute, has done a share of its steps. */
    private static FamilyFit withLastAt(double share, long seed) {
        PlantedStudy planted = PlantedStudy.ofSix("planted", 400, seed);
        String last = planted.specs().getLast().runId();
        List<TrainingEvent> training = planted.training();
        List<TrainingEvent> own =
                training.stream().filter(event -> event.runId().equals(last)).toList();
        Studies studies = new Studies(StepThinning.USUAL);
        studies.add(planted.plans());
        studies.add(
                training.stream().filter(event -> !event.runId().equals(last)).toList());
        studies.add(own.subList(0, (int) (share * own.size())));
        return StudyFit.of(studies.find("planted").orElseThrow(), Optional.empty(), SETTINGS)
                .families()
                .get("ESM2");
    }

    /** The held-out loss of the last run at its end, without noise. */
    private static double truth(FamilyFit family) {
        RunFit last = List.copyOf(family.runs().values()).getLast();
        return PlantedStudy.law(last.run().parameters(), last.run().budgetTokens()) + 0.02;
    }

    private Forecast ofLast(FamilyFit family) {
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        List<RunForecasts.OfRun> all = forecasts.of("planted", family);
        assertThat(all).hasSize(1);
        return all.getFirst().forecast().result().orElseThrow();
    }

    private static double width(Forecast forecast) {
        return Math.log(forecast.high() / forecast.low());
    }

    @Test
    void theBandNarrowsAsTheRunTrainsAndHoldsItsEnd() {
        for (int seed = 1; seed <= 4; seed++) {
            FamilyFit early = withLastAt(0.1, seed);
            Forecast first = ofLast(early);
            Forecast later = ofLast(withLastAt(0.45, seed));
            Forecast late = ofLast(withLastAt(0.9, seed));
            System.out.printf(
                    "seed %d: truth %.4f, at 10 %% %s, at 45 %% %s, at 90 %% %s%n",
                    seed, truth(early), first, later, late);
            assertThat(width(late)).isLessThan(0.8 * width(first));
            assertThat(width(later)).isLessThan(width(first));
            assertThat(first.covers(truth(early))).isTrue();
            assertThat(later.covers(truth(early))).isTrue();
            assertThat(late.covers(truth(early))).isTrue();
        }
    }

    /** No budget of the run has ended by then, so that nothing but its own curve has changed. */
    @Test
    void beforeItsFirstBudgetEndsTheBandNarrowsByTheRunsOwnCurve() {
        double early = 0;
        double late = 0;
        for (int seed = 1; seed <= 4; seed++) {
            FamilyFit begun = withLastAt(0.06, seed);
            FamilyFit further = withLastAt(0.24, seed);
            assertThat(further.data().observations().size())
                    .isEqualTo(begun.data().observations().size());
            early += width(ofLast(begun));
            late += width(ofLast(further));
        }
        System.out.printf("mean width at 6 %% %.4f, at 24 %% %.4f%n", early / 4, late / 4);
        assertThat(late).isLessThan(0.95 * early);
    }

    @Test
    void aPrefixIsAHeldOutLossAtItsOwnTokens() {
        FamilyFit family = withLastAt(0.45, 2);
        RunFit last = List.copyOf(family.runs().values()).getLast();
        Observations prefixes = PrefixLosses.of(family.runs().values());
        assertThat(prefixes.run()).containsExactly(last.run().runId());
        assertThat(prefixes.tokens()).containsExactly(last.run().tokens());
        double heldOut = PlantedStudy.law(last.run().parameters(), last.run().tokens()) + 0.02;
        assertThat(prefixes.lossNats()[0]).isCloseTo(heldOut, within(0.008));
    }

    @Test
    void aRunWhoseBudgetHasJustEndedTellsThatOnce() {
        PlantedStudy planted = PlantedStudy.ofSix("planted", 400, 2);
        List<RunSpec.Budget> budgets = planted.specs().getLast().budgets();
        double quarter = budgets.getFirst().tokens() / budgets.getLast().tokens();
        assertThat(PrefixLosses.of(withLastAt(quarter * 1.02, 2).runs().values())
                        .size())
                .isZero();
    }

    @Test
    void withoutHeldOutLossesTrainingLossesAreNotTakenForThem() {
        PlantedStudy planted = PlantedStudy.ofSix("planted", 400, 2);
        Studies studies = new Studies(StepThinning.USUAL);
        studies.add(planted.plans());
        List<TrainingEvent> training = planted.training().stream()
                .filter(event -> !(event instanceof HeldOutEvaluated))
                .toList();
        studies.add(training.subList(0, training.size() / 2));
        FamilyFit family = StudyFit.of(studies.find("planted").orElseThrow(), Optional.empty(), SETTINGS)
                .families()
                .get("ESM2");
        assertThat(PrefixLosses.of(family.runs().values()).size()).isZero();
        List<RunForecasts.OfRun> all = forecasts.of("planted", family);
        assertThat(all)
                .hasSize(6)
                .allSatisfy(one -> assertThat(one.forecast())
                        .isInstanceOfSatisfying(
                                FitOutcome.NotIdentifiable.class,
                                refusal -> assertThat(refusal.reason())
                                        .isEqualTo(
                                                "a forecast needs at least 10 losses of ended budgets and of runs on their way,"
                                                        + " there are 0")));
    }

    @Test
    void aStudyThatIsOverHasNothingToForecast() {
        assertThat(forecasts.of("planted", withLastAt(1, 2))).isEmpty();
    }

    @Test
    void runsThatTrainOnGetANewForecasterTwiceAMinute() {
        Forecast first = ofLast(withLastAt(0.45, 2));
        FamilyFit later = withLastAt(0.9, 2);
        now.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(forecasts.of("planted", later).getFirst().forecast().result())
                .contains(first);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(forecasts.of("planted", later).getFirst().forecast().result().orElseThrow())
                .isNotEqualTo(first);
    }
}
