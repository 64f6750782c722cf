package org.plmfrontier.fitting.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.FitOutcome;

class PolynomialFitTest {
    @Test
    void anExactParabolaInLargeUnitsIsFoundInItsOwnUnits() {
        double[] x = {1e6, 3e6, 5e6, 9e6, 2e7};
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 1e15 + 2e9 * x[i] + 30 * x[i] * x[i];
        }
        PolynomialFit fit = PolynomialFit.of(x, y, 2).result().orElseThrow();
        assertThat(fit.coefficient(0, 0.95).value()).isCloseTo(1e15, within(1e8));
        assertThat(fit.coefficient(1, 0.95).value()).isCloseTo(2e9, within(1e3));
        assertThat(fit.coefficient(2, 0.95).value()).isCloseTo(30, within(1e-4));
        assertThat(fit.at(4e6, 0.95).value()).isCloseTo(1e15 + 8e15 + 30 * 16e12, within(1e8));
    }

    @Test
    void intervalsOfALineCoverTheTruthAsOftenAsTheyClaim() {
        SplittableRandom random = new SplittableRandom(4);
        int slope = 0;
        int inverse = 0;
        int studies = 1000;
        for (int study = 0; study < studies; study++) {
            double[] x = {1, 2, 3, 4, 5, 6, 7};
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = 3 + 2 * x[i] + 0.5 * random.nextGaussian();
            }
            PolynomialFit fit = PolynomialFit.of(x, y, 1).result().orElseThrow();
            slope += fit.coefficient(1, 0.95).covers(2) ? 1 : 0;
            inverse += fit.inverse(11, 0.95).result().orElseThrow().covers(4) ? 1 : 0;
        }
        System.out.println("line: slope covered " + slope + ", inverse covered " + inverse + " of 1000, seed 4");
        assertThat(slope).isBetween(930, 970);
        assertThat(inverse).isBetween(930, 970);
    }

    @Test
    void tooFewPointsAndFlatLinesAreRefused() {
        assertThat(PolynomialFit.of(new double[] {1, 2}, new double[] {1, 2}, 1))
                .isInstanceOf(FitOutcome.NotIdentifiable.class);
        assertThat(PolynomialFit.of(new double[] {1, 1, 2, 2}, new double[] {1, 2, 3, 1}, 2))
                .isInstanceOf(FitOutcome.NotIdentifiable.class);
        PolynomialFit flat = PolynomialFit.of(new double[] {1, 2, 3, 4}, new double[] {1, 2, 2, 1}, 1)
                .result()
                .orElseThrow();
        assertThat(flat.inverse(5, 0.95)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }
}
