package org.plmfrontier.fitting.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.quantity.FitOutcome;

class OverTrainingFitTest {
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
}
