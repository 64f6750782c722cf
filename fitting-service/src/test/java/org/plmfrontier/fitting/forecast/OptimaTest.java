package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptimaTest {
    private static final double[] SIZES =
            IntStream.rangeClosed(-20, 20).mapToDouble(i -> 0.1 * i).toArray();

    @Test
    void theBestSizeLiesBetweenThoseThatWereLookedAt() {
        Optima optima = optima(0.537);
        assertThat(optima.best()).isCloseTo(0.537, within(1e-9));
        assertThat(optima.low(0.95)).isCloseTo(0.537, within(1e-9));
        assertThat(optima.high(0.95)).isCloseTo(0.537, within(1e-9));
        assertThat(optima.edgeShare()).isZero();
    }

    @Test
    void atAnEdgeItIsTheEdge() {
        Optima optima = optima(7);
        assertThat(optima.best()).isEqualTo(SIZES[SIZES.length - 1]);
        assertThat(optima.edgeShare()).isEqualTo(1);
    }

    /** Of a parabola that is known without error. */
    private static Optima optima(double lowest) {
        double[] mean = Arrays.stream(SIZES)
                .map(x -> 0.8 + 0.02 * (x - lowest) * (x - lowest))
                .toArray();
        Optima.Draw draw = new Optima.Draw(SIZES, 20);
        draw.add(new Basin(mean, new double[SIZES.length * (SIZES.length + 1) / 2]), 1);
        return draw.optima();
    }
}
