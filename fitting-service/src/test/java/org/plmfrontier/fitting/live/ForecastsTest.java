package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.live.Forecasts.FamilyForecast;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.FitOutcome;

class ForecastsTest {
    private final AtomicLong now = new AtomicLong();
    private final Forecasts forecasts = new Forecasts(now::get);

    @Test
    void theSameLossesAreForecastFromOnce() {
        FitOutcome<FamilyForecast> first = forecasts.of("s", "ESM2", grid(4, 0));
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(forecasts.of("s", "ESM2", grid(4, 0))).isSameAs(first);
        assertThat(forecasts.of("s", "CAUSAL", grid(4, 0))).isNotSameAs(first);
        assertThat(forecasts.of("t", "ESM2", grid(4, 0))).isNotSameAs(first);
    }

    @Test
    void lossesThatChangeWithEveryFitAreForecastFromTwiceAMinute() {
        FitOutcome<FamilyForecast> first = forecasts.of("s", "ESM2", grid(4, 0));
        now.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(forecasts.of("s", "ESM2", grid(4, 0.01))).isSameAs(first);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        FitOutcome<FamilyForecast> second = forecasts.of("s", "ESM2", grid(4, 0.01));
        assertThat(second.result().orElseThrow().forecaster().at(1e8, 1e9))
                .isNotEqualTo(first.result().orElseThrow().forecaster().at(1e8, 1e9));
    }

    @Test
    void anAnswerSaysHowOldItIsAndWhetherItIsOfTheseLosses() {
        forecasts.of("s", "ESM2", grid(4, 0));
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(forecasts.look("s", "ESM2", grid(4, 0.01), false))
                .returns(Duration.ofSeconds(20), Forecasts.Known::age)
                .returns(false, Forecasts.Known::current);
        assertThat(forecasts.look("s", "ESM2", grid(4, 0), false).current()).isTrue();
    }

    @Test
    void lossesThatAreTheLastAreForecastFromAtOnce() {
        forecasts.of("s", "ESM2", grid(4, 0));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(forecasts.look("s", "ESM2", grid(4, 0.01), true))
                .returns(Duration.ZERO, Forecasts.Known::age)
                .returns(true, Forecasts.Known::current);
    }

    @Test
    void enoughLossesAreForecastFromAtOnce() {
        assertThat(forecasts.of("s", "ESM2", grid(2, 0)).result()).isEmpty();
        assertThat(forecasts.of("s", "ESM2", grid(3, 0)).result()).isPresent();
    }

    @Test
    void ofVeryManyLossesSomeAreTaken() {
        FamilyForecast forecast =
                forecasts.of("s", "ESM2", grid(40, 0)).result().orElseThrow();
        assertThat(forecast.losses()).isEqualTo(120);
        assertThat(forecast.forecaster()
                        .at(1e6 * Math.pow(1.2, 39), 1e6 * Math.pow(1.2, 39) * 5 * 8)
                        .beyond())
                .as("the most compute is among them")
                .isEqualTo(1);
    }

    private static Observations grid(int sizes, double shift) {
        int n = 4 * sizes;
        double[] parameters = new double[n];
        double[] tokens = new double[n];
        double[] loss = new double[n];
        for (int i = 0; i < n; i++) {
            parameters[i] = 1e6 * Math.pow(1.2, Math.floorDiv(i, 4));
            tokens[i] = parameters[i] * 5 * Math.pow(2, i % 4);
            loss[i] = 1.8 + shift + 400 / Math.pow(parameters[i], 0.34) + 900 / Math.pow(tokens[i], 0.36);
        }
        String[] runs = new String[n];
        Arrays.setAll(runs, i -> "r" + i);
        return new Observations(runs, parameters, tokens, loss);
    }
}
