package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final double FUTURE_N = 2.56e8;
    private static final double FUTURE_D = 5.12e9;

    @Test
    void aLawWithoutNoiseIsForecastAndItsIntervalIsNarrow() {
        Forecaster forecaster = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0, 1));
        double truth = PlantedLosses.hoffmann(FUTURE_N, FUTURE_D);
        Forecast forecast = forecaster.at(FUTURE_N, FUTURE_D);
        assertThat(forecast.covers(truth)).as("%s holds %s", forecast, truth).isTrue();
        assertThat(forecast.lossNats()).isCloseTo(truth, within(0.02 * truth));
        assertThat(Math.log(forecast.high() / forecast.low())).isLessThan(0.2);
        assertThat(forecast.beyond())
                .isCloseTo(FUTURE_N * FUTURE_D / (6.4e7 * 6.4e7 * 40), within(1e-6 * forecast.beyond()));
    }

    @Test
    void intervalsHoldPlantedFutures() {
        int held = 0;
        int heldPlainly = 0;
        for (int seed = 1; seed <= 20; seed++) {
            Losses past = PlantedLosses.grid(PlantedLosses::bent, 7, 0.004, seed);
            double truth = PlantedLosses.bent(FUTURE_N, FUTURE_D);
            held += Forecaster.of(past).at(FUTURE_N, FUTURE_D).covers(truth) ? 1 : 0;
            heldPlainly += PlainIntervals.of(past).at(FUTURE_N, FUTURE_D).covers(truth) ? 1 : 0;
        }
        System.out.println("a law that bends, 20 studies: " + held + " held, by plain intervals " + heldPlainly);
        assertThat(held).isGreaterThanOrEqualTo(18);
        assertThat(heldPlainly)
                .as("the law is not true, and plain intervals do not know")
                .isLessThan(held);
    }

    @Test
    void withinTheDataTheIntervalIsThatOfTheNoise() {
        Forecaster forecaster = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0.004, 3));
        Forecast known = forecaster.at(8e6, 8e7);
        assertThat(Math.log(known.high() / known.low())).isBetween(0.003, 0.05);
        Forecast beyond = forecaster.at(FUTURE_N, FUTURE_D);
        assertThat(Math.log(beyond.high() / beyond.low())).isGreaterThan(2 * Math.log(known.high() / known.low()));
    }

    @Test
    void theWeightsOfTheLawsAddUpToOne() {
        Forecaster forecaster = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0.004, 3));
        assertThat(forecaster.weights()).containsOnlyKeys("HOFFMANN", "TIED");
        assertThat(forecaster.weights().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void unitsOfLossDoNotMatter() {
        Losses nats = PlantedLosses.grid(PlantedLosses::hoffmann, 6, 0.004, 5);
        double[] parameters = new double[nats.size()];
        double[] tokens = new double[nats.size()];
        double[] bits = new double[nats.size()];
        for (int i = 0; i < bits.length; i++) {
            parameters[i] = Math.exp(nats.lnParameters()[i]);
            tokens[i] = Math.exp(nats.lnTokens()[i]);
            bits[i] = Math.exp(nats.lnLoss()[i]) / Math.log(2);
        }
        Forecast inNats = Forecaster.of(nats).at(FUTURE_N, FUTURE_D);
        Forecast inBits = Forecaster.of(Losses.of(parameters, tokens, bits)).at(FUTURE_N, FUTURE_D);
        assertThat(inBits.lossNats()).isCloseTo(inNats.lossNats() / Math.log(2), within(1e-3));
        assertThat(inBits.low()).isCloseTo(inNats.low() / Math.log(2), within(1e-3));
    }

    @Test
    void oneLossOverAnotherHasLessErrorThanTheTwo() {
        Forecaster forecaster = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0.001, 3));
        LossRatio ratio = forecaster.ratio(FUTURE_N, FUTURE_D, FUTURE_N / 2, FUTURE_D * 2);
        double truth = Math.log(
                PlantedLosses.hoffmann(FUTURE_N, FUTURE_D) / PlantedLosses.hoffmann(FUTURE_N / 2, FUTURE_D * 2));
        assertThat(ratio.covers(truth)).as("%s holds %s", ratio, truth).isTrue();
        Forecast one = forecaster.at(FUTURE_N, FUTURE_D);
        Forecast other = forecaster.at(FUTURE_N / 2, FUTURE_D * 2);
        assertThat(ratio.lnRatio()).isCloseTo(Math.log(one.lossNats() / other.lossNats()), within(1e-12));
        assertThat(ratio.high() - ratio.low())
                .isLessThan(0.5 * Math.hypot(Math.log(one.high() / one.low()), Math.log(other.high() / other.low())));
    }

    @Test
    void theBestSizeBeyondTheDataIsSurerWhereErrorsOfSizesAreAlike() {
        Forecaster forecaster = Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, 7, 0.001, 3));
        double budget = 10 * forecaster.mostComputeFlops();
        double alike =
                forecaster.withPrior(ForecastPrior.USUAL.withDriftLength(8)).lnWidth(budget, null);
        double apart =
                forecaster.withPrior(ForecastPrior.USUAL.withDriftLength(1)).lnWidth(budget, null);
        assertThat(alike).isLessThan(0.8 * apart);
        assertThat(forecaster.lnWidth(budget, null)).isBetween(alike, apart);
    }

    @Test
    void tooFewLossesAreRefused() {
        assertThatThrownBy(() -> Forecaster.of(
                        PlantedLosses.grid(PlantedLosses::hoffmann, 3, 0, 1).first(9)))
                .hasMessage("a forecast needs at least 10 final losses, there are 9");
    }
}
