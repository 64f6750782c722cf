package org.plmfrontier.fitting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final ForecastPrior PRIOR = ForecastPrior.USUAL;
    private static final double CLAIM = 1e-4;

    @Test
    void withoutAPastThePriorStands() {
        Calibration calibration = Calibration.of(List.of(), PRIOR);
        double square = PRIOR.inflation() * PRIOR.inflation();
        assertThat(calibration.inflation()).isCloseTo(square * Math.exp(2 * 0.4 * 0.4), within(0.05 * square));
        assertThat(calibration.evidence()).isZero();
    }

    @Test
    void errorsLargerThanClaimedWidenAndSmallerOnesNarrow() {
        Calibration wrong = Calibration.of(errors(0.08), PRIOR);
        Calibration right = Calibration.of(errors(0.002), PRIOR);
        double lnTen = Math.log(10);
        assertThat(wrong.variance(CLAIM, lnTen)).isGreaterThan(4 * right.variance(CLAIM, lnTen));
        assertThat(right.evidence()).isGreaterThan(wrong.evidence());
    }

    @Test
    void errorsThatGrowBeyondTheDataAreTheLawsOwn() {
        List<PastError> growing = List.of(
                new PastError(Math.log(1.5), 0.002, CLAIM),
                new PastError(Math.log(3), 0.03, CLAIM),
                new PastError(Math.log(10), 0.09, CLAIM),
                new PastError(Math.log(30), 0.15, CLAIM));
        Calibration calibration = Calibration.of(growing, PRIOR);
        assertThat(Math.sqrt(calibration.drift())).isBetween(0.008, 0.08);
        assertThat(calibration.variance(CLAIM, -1))
                .as("within the data nothing is added")
                .isEqualTo(calibration.inflation() * CLAIM);
    }

    @Test
    void errorsBeyondTheDataAreAsAlikeAsTokensPerParameterAre() {
        Calibration calibration = new Calibration(1, 1e-4, 0, 4);
        double two = Math.log(4);
        double three = Math.log(8);
        assertThat(calibration.covariance(CLAIM, two, three, 0)).isEqualTo(CLAIM + 1e-4 * two * three);
        assertThat(calibration.covariance(CLAIM, two, two, 0)).isEqualTo(calibration.variance(CLAIM, two));
        assertThat(calibration.covariance(CLAIM, two, three, -4))
                .isCloseTo(CLAIM + 1e-4 * two * three * Math.exp(-0.5), within(1e-15));
        assertThat(calibration.covariance(CLAIM, two, -1, 1))
                .as("one of the two lies within the data")
                .isEqualTo(CLAIM);
    }

    private static List<PastError> errors(double size) {
        return List.of(
                new PastError(Math.log(2), size, CLAIM),
                new PastError(Math.log(3), -size, CLAIM),
                new PastError(Math.log(6), size, CLAIM),
                new PastError(Math.log(9), -size, CLAIM));
    }
}
