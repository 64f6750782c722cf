package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final Losses LOSSES = PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0.004, 1);

    @Test
    void onlyWhatWasKnownIsForecastFrom() {
        Backtest backtest = Backtest.of(LOSSES, known -> {
            double most = Math.exp(known.lnMostCompute());
            return (parameters, tokens) -> Forecast.of(0, 1, Math.log(6 * parameters * tokens / most));
        });
        assertThat(backtest.points()).isNotEmpty().allSatisfy(point -> {
            assertThat(point.forecast().beyond()).isBetween(point.k() / 1.5 - 1e-9, point.k() * 1.5 + 1e-9);
            assertThat(point.fitted()).isGreaterThanOrEqualTo(Forecaster.FEWEST);
        });
        assertThat(backtest.rows()).extracting(Backtest.Row::k).containsExactly(2, 3, 10, 30);
    }

    @Test
    void aForecasterThatKnowsTheTruthCoversAllAndPaysForItsWidthAlone() {
        Backtest backtest = Backtest.of(
                LOSSES,
                known -> (parameters, tokens) ->
                        Forecast.of(Math.log(PlantedLosses.hoffmann(parameters, tokens)), 0.05, 1));
        assertThat(backtest.rows()).allSatisfy(row -> {
            assertThat(row.coverage()).isEqualTo(1);
            assertThat(row.width()).isCloseTo(0.1, within(1e-9));
            assertThat(row.intervalScore()).isCloseTo(0.1, within(1e-9));
            assertThat(row.medianError()).isLessThan(0.01);
        });
    }

    @Test
    void whatLiesOutsideIsPaidFortyTimes() {
        Losses exact = PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0, 1);
        Backtest backtest = Backtest.of(
                exact,
                known -> (parameters, tokens) ->
                        Forecast.of(Math.log(PlantedLosses.hoffmann(parameters, tokens)) + 0.03, 0.01, 1));
        assertThat(backtest.rows()).allSatisfy(row -> {
            assertThat(row.coverage()).isZero();
            assertThat(row.intervalScore()).isCloseTo(0.02 + 40 * 0.02, within(1e-9));
            assertThat(row.medianError()).isCloseTo(0.03, within(1e-9));
        });
    }

    @Test
    void tooFewLossesHaveNoPast() {
        assertThat(Backtest.of(LOSSES.first(10)).rows()).isEmpty();
        assertThat(Backtest.of(LOSSES.first(3)).rows()).isEmpty();
    }

    @Test
    void theSameLossesGiveTheSameBacktest() {
        assertThat(Backtest.of(LOSSES)).isEqualTo(Backtest.of(LOSSES));
        List<Backtest.Row> rows = Backtest.of(LOSSES).rows();
        assertThat(rows).allSatisfy(row -> assertThat(row.coverage()).isGreaterThan(0.8));
    }
}
