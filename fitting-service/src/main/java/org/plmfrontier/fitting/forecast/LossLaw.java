package org.plmfrontier.fitting.forecast;

import org.plmfrontier.fitting.form.FixedRatioForm;
import org.plmfrontier.fitting.form.HoffmannForm;
import org.plmfrontier.fitting.form.LossForm;

/**
 * A law that forecasts are made with, and what is believed of its parameters before any loss of the study is seen: an exponent of
 * 0.35, as published fits have them, give or take 0.2, a floor a fifth below the best loss, and two terms of a third of the loss
 * each at the centre of the data.
 */
enum LossLaw {
    /** {@code E + A / N^alpha + B / D^beta}. */
    HOFFMANN(new HoffmannForm(), 0.35, 0.35) {
        @Override
        double[][] starts(double[] mean) {
            double[] steep = mean.clone();
            double[] flat = mean.clone();
            steep[3] += TILT;
            steep[4] -= TILT;
            flat[3] -= TILT;
            flat[4] += TILT;
            return new double[][] {mean, steep, flat};
        }
    },
    /** The same with alpha = beta: one number less to be wrong about. */
    TIED(FixedRatioForm.tied(), 0.7) {
        @Override
        double[][] starts(double[] mean) {
            return new double[][] {mean};
        }
    };

    private static final double TILT = 0.15;
    private static final double FLOOR_BELOW_BEST = 0.25;
    private static final double FLOOR_SD = 0.5;
    private static final double TERM_BELOW_MEAN = 1.2;
    private static final double TERM_SD = 1;
    private static final double EXPONENT_SD_SHARE = 0.2 / 0.35;

    private final LossForm form;
    private final double[] exponents;

    LossLaw(LossForm form, double... exponents) {
        this.form = form;
        this.exponents = exponents;
    }

    LossForm form() {
        return form;
    }

    /**
     * Mean of the prior of the form's parameters: logarithms of floor and terms, exponents.
     *
     * @param best the least ln L
     * @param mean mean of ln L
     */
    double[] priorMean(double best, double mean) {
        double[] prior = new double[3 + exponents.length];
        prior[0] = best - FLOOR_BELOW_BEST;
        prior[1] = mean - TERM_BELOW_MEAN;
        prior[2] = mean - TERM_BELOW_MEAN;
        System.arraycopy(exponents, 0, prior, 3, exponents.length);
        return prior;
    }

    /** Standard deviations of the prior. */
    double[] priorSd() {
        double[] sd = new double[3 + exponents.length];
        sd[0] = FLOOR_SD;
        sd[1] = TERM_SD;
        sd[2] = TERM_SD;
        for (int i = 0; i < exponents.length; i++) {
            sd[3 + i] = EXPONENT_SD_SHARE * exponents[i];
        }
        return sd;
    }

    /** Where the search begins. */
    abstract double[][] starts(double[] mean);
}
