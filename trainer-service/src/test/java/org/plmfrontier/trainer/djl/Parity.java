package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

/** Distances to the reference, printed beside what is asked. */
public final class Parity {
    private Parity() {}

    /** Fails where the distance is not below the tolerance. */
    public static void report(String what, double measured, double asked) {
        System.out.printf("parity %-44s asked %.1e measured %.2e%n", what, asked, measured);
        assertThat(measured).as(what).isLessThan(asked);
    }

    /** Norm of the difference over the norm of the reference. */
    static double relativeDistance(float[] values, double[] reference) {
        assertThat(values).hasSameSizeAs(reference);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < values.length; i++) {
            difference += (values[i] - reference[i]) * (values[i] - reference[i]);
            norm += reference[i] * reference[i];
        }
        return Math.sqrt(difference / norm);
    }
}
