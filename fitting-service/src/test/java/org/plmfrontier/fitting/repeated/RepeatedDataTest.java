package org.plmfrontier.fitting.repeated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

class RepeatedDataTest {
    private static final HoffmannLaw FRESH = new HoffmannLaw(Math.log(1.87), Math.log(521), Math.log(1488), 0.35, 0.35);
    private static final RepeatedDataLaw TRUTH = new RepeatedDataLaw(FRESH, 15.4, 5.3);

    private static RepeatedData study(double most, double noise) {
        SplittableRandom random = new SplittableRandom(2);
        List<Observation> list = new ArrayList<>();
        List<Double> unique = new ArrayList<>();
        for (double n : new double[] {1e7, 5e7, 2e8, 1e9, 4e9}) {
            for (double u : new double[] {1e8, 5e8, 3e9}) {
                for (double epochs = 1; epochs <= most; epochs *= 3) {
                    double loss = TRUTH.lossAt(n, u * epochs, u) * (1 + noise * random.nextGaussian());
                    list.add(new Observation("r" + list.size(), n, u * epochs, loss));
                    unique.add(u);
                }
            }
        }
        return new RepeatedData(
                Observations.of(list),
                unique.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    void plantedDecaysAreFound() {
        DecaysOnAGivenSurface.Fit fit = DecaysOnAGivenSurface.fit(study(100, 0.001), FRESH, 1e-3)
                .result()
                .orElseThrow();
        assertThat(fit.law().tokenDecay()).isCloseTo(15.4, within(0.5));
        assertThat(fit.law().parameterDecay()).isCloseTo(5.3, within(0.3));
        assertThat(fit.convergence().gradientNorm()).isLessThan(1e-4);
        assertThat(fit.convergence().shareAtBest()).isGreaterThan(0.3);
        assertThat(DecaysOnAGivenSurface.explained(study(100, 0), FRESH, Optional.of(TRUTH)))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void withoutRepetitionTheLawIsTheSurfaceAndItsDecaysAreNotIdentifiable() {
        assertThat(TRUTH.lossAt(1e7, 1e9, 1e9)).isCloseTo(FRESH.lossAt(1e7, 1e9), within(1e-12));
        assertThat(DecaysOnAGivenSurface.fit(study(1, 0.001), FRESH, 1e-3))
                .isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void theSizeForATokenCountIsTheOneWhoseOptimumHasIt() {
        double n = RepeatedDataLaw.parametersFor(FRESH, 3e9);
        assertThat(FRESH.optimum(6 * n * 3e9).tokens()).isCloseTo(3e9, within(1.0));
    }

    @Test
    void surfaceAndDecaysAreFoundTogetherWithIntervalsThatHoldIt() {
        RepeatedDataFit found = RepeatedDataFit.of(study(100, 0.001), new Bootstrap(40, 0.95, 3))
                .result()
                .orElseThrow();
        assertThat(found.law().fresh().a()).isCloseTo(FRESH.a(), within(0.02));
        assertThat(found.tokenDecay().covers(15.4))
                .as(found.tokenDecay().toString())
                .isTrue();
        assertThat(found.parameterDecay().covers(5.3))
                .as(found.parameterDecay().toString())
                .isTrue();
        assertThat(found.tokenDecay().width()).isLessThan(8);
        assertThat(found.unbounded()).isZero();
        assertThat(found.used()).isEqualTo(75);
        assertThat(RepeatedDataFit.of(study(100, 0.001), new Bootstrap(40, 0.95, 3))
                        .result())
                .contains(found);
    }

    @Test
    void withoutRepetitionThereIsNothingToFit() {
        assertThat(RepeatedDataFit.of(study(1, 0.001), new Bootstrap(40, 0.95, 3)))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("no run repeats"));
    }
}
