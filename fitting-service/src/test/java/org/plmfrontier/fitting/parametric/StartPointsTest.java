package org.plmfrontier.fitting.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.form.HoffmannForm;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.objective.Centred;

class StartPointsTest {
    private static final HoffmannLaw LAW = new HoffmannLaw(0.5, 5, 6, 0.3, 0.3);
    private static final Centred DATA = PlantedStudies.grid(LAW, 5, 5, 0, 1).centred();

    private static double[] equal() {
        double[] weights = new double[DATA.size()];
        Arrays.fill(weights, 1);
        return weights;
    }

    @Test
    void theBestStartOfAnExactSurfaceOnTheGridIsTheSurface() {
        StartPoints starts = new StartPoints(new HoffmannForm(), DATA);
        double[] best = starts.all(equal()).get(0);
        assertThat(best[3]).isEqualTo(0.3);
        assertThat(best[4]).isEqualTo(0.3);
        assertThat(best[0]).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void startsApartAreDifferentAndBeginWithTheBest() {
        StartPoints starts = new StartPoints(new HoffmannForm(), DATA);
        List<double[]> ten = starts.apart(equal(), 10);
        assertThat(ten.get(0)).containsExactly(starts.all(equal()).get(0));
        assertThat(ten.stream().map(t -> t[3] + " " + t[4]).distinct()).hasSize(10);
        double[] alphas = ten.stream().mapToDouble(t -> t[3]).sorted().toArray();
        assertThat(alphas[9]).as("spread of alpha").isGreaterThan(3 * alphas[0]);
        assertThat(starts.apart(equal(), 1000)).hasSize(64);
        assertThat(starts.all(equal())).hasSize(64);
    }
}
