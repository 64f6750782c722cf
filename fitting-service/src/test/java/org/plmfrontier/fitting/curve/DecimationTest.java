package org.plmfrontier.fitting.curve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecimationTest {
    @Test
    void fewCurvesKeepAllTheirPointsAndManyShareThePlot() {
        assertThat(Decimation.pointsPerCurve(0, 400)).isEqualTo(400);
        assertThat(Decimation.pointsPerCurve(250, 400)).isEqualTo(400);
        assertThat(Decimation.pointsPerCurve(300, 400)).isEqualTo(333);
        assertThat(Decimation.pointsPerCurve(10_000, 400)).isEqualTo(10);
        assertThat(Decimation.pointsPerCurve(1_000_000, 400)).as("a line").isEqualTo(2);
    }
}
