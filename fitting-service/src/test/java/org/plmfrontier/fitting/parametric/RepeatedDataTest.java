package org.plmfrontier.fitting.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.OverTrainingLaw;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.regression.OverTrainingFit;

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
        RepeatedData.Fit fit = study(100, 0.001).fit(FRESH, 1e-3).result().orElseThrow();
        assertThat(fit.law().tokenDecay()).isCloseTo(15.4, within(0.5));
        assertThat(fit.law().parameterDecay()).isCloseTo(5.3, within(0.3));
        assertThat(fit.convergence().gradientNorm()).isLessThan(1e-4);
        assertThat(fit.convergence().shareAtBest()).isGreaterThan(0.3);
        assertThat(study(100, 0).explained(FRESH, Optional.of(TRUTH))).isCloseTo(1, within(1e-12));
    }

    @Test
    void withoutRepetitionTheLawIsTheSurfaceAndItsDecaysAreNotIdentifiable() {
        assertThat(TRUTH.lossAt(1e7, 1e9, 1e9)).isCloseTo(FRESH.lossAt(1e7, 1e9), within(1e-12));
        assertThat(study(1, 0.001).fit(FRESH, 1e-3)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void theSizeForATokenCountIsTheOneWhoseOptimumHasIt() {
        double n = RepeatedDataLaw.parametersFor(FRESH, 3e9);
        assertThat(FRESH.optimum(6 * n * 3e9).tokens()).isCloseTo(3e9, within(1.0));
    }

    @Test
    void aPlantedOverTrainingLawIsFoundFromFiveRuns() {
        OverTrainingLaw truth = new OverTrainingLaw(1.84, 166, 367, -0.273);
        double[] n = {1e7, 8e7, 1.5e8, 4e8, 1e7};
        double[] d = {2e8, 1.6e9, 3e9, 8e9, 3.2e9};
        double[] loss = new double[5];
        for (int i = 0; i < 5; i++) {
            loss[i] = truth.lossAt(n[i], d[i]);
        }
        OverTrainingFit fit = OverTrainingFit.of(n, d, loss).result().orElseThrow();
        assertThat(fit.eta()).isCloseTo(-0.273, within(1e-5));
        assertThat(fit.floor()).isCloseTo(1.84, within(1e-3));
        assertThat(OverTrainingFit.of(n, n, loss)).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void aPlainLawWithAFloorIsFoundWithIntervalsThatHoldIt() {
        SplittableRandom random = new SplittableRandom(6);
        String[] run = new String[12];
        double[] n = new double[12];
        double[] loss = new double[12];
        for (int i = 0; i < 12; i++) {
            run[i] = "r" + i;
            n[i] = 1e6 * Math.pow(2, i);
            loss[i] = 1.9 + 60 * Math.pow(n[i], -0.3) + 0.003 * random.nextGaussian();
        }
        PlainLaw law =
                PlainLaw.fit(run, n, loss, new Bootstrap(200, 0.95, 1)).result().orElseThrow();
        assertThat(law.floor().covers(1.9)).isTrue();
        assertThat(law.exponent().covers(0.3)).isTrue();
        assertThat(law.lnAmplitude().covers(Math.log(60))).isTrue();
        assertThat(law.exponent().width()).isLessThan(0.1);
        assertThat(law.at(1e8)).isCloseTo(1.9 + 60 * Math.pow(1e8, -0.3), within(0.01));
        assertThat(PlainLaw.fit(run, new double[12], loss, new Bootstrap(200, 0.95, 1)))
                .isInstanceOf(FitOutcome.NotIdentifiable.class);
    }
}
