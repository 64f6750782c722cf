package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForecastPriorTest {
    private static final ForecastPrior USUAL = ForecastPrior.USUAL;

    @Test
    void claimsFromThreeSizesAreNotTakenForTooWide() {
        assertThat(USUAL.inflation()).isLessThan(1);
        assertThat(USUAL.withSizes(3).inflation()).isEqualTo(1);
        assertThat(USUAL.withSizes(3)).isEqualTo(USUAL.withMedians(1, USUAL.drift()));
        assertThat(USUAL.withSizes(4)).isEqualTo(USUAL);
    }

    @Test
    void aPriorThatTakesClaimsForTooNarrowStays() {
        ForecastPrior cautious = USUAL.withMedians(1.4, 0.01);
        assertThat(cautious.withSizes(3)).isEqualTo(cautious);
    }

    @Test
    void forecastersOfThreeSizesTakeItAndThoseOfFourDoNot() {
        ForecastPrior unscaled = USUAL.withMedians(1, USUAL.drift());
        Forecaster three = forecaster(3);
        Forecaster four = forecaster(4);
        assertThat(three.at(2e6, 1e8)).isEqualTo(three.withPrior(unscaled).at(2e6, 1e8));
        assertThat(width(four)).isLessThan(width(four.withPrior(unscaled)));
    }

    private static double width(Forecaster forecaster) {
        Forecast forecast = forecaster.at(2e6, 1e8);
        return forecast.high() - forecast.low();
    }

    private static Forecaster forecaster(int sizes) {
        return Forecaster.of(PlantedLosses.grid(PlantedLosses::hoffmann, sizes, 0.004, 1));
    }
}
