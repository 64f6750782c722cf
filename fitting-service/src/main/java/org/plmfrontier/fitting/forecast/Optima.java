package org.plmfrontier.fitting.forecast;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Best sizes at one compute, drawn from what is possible.
 *
 * @param best logarithm of the size with the least expected loss
 * @param drawn [draws] logarithms, ascending
 * @param edges draws whose best size is the smallest or the largest that was looked at
 */
record Optima(double best, double[] drawn, int edges) {
    /** Draws best sizes from the laws by their shares. */
    static final class Draw {
        private final double[] sizes;
        private final double[] mean;
        private final double[] optima;
        private final SplittableRandom random = new SplittableRandom(Forecaster.SEED);
        private int drawn;
        private int edges;
        private double share;

        /**
         * Nothing drawn yet.
         *
         * @param sizes [n] logarithms, ascending
         */
        Draw(double[] sizes, int draws) {
            this.sizes = sizes;
            this.mean = new double[sizes.length];
            this.optima = new double[draws];
        }

        double[] sizes() {
            return sizes;
        }

        void add(Basin basin, double weight) {
            for (int i = 0; i < sizes.length; i++) {
                mean[i] += weight * basin.mean()[i];
            }
            share += weight;
            while (drawn < Math.min(optima.length, Math.round(share * optima.length))) {
                double[] course = basin.draw(random);
                int least = least(course);
                edges += least == 0 || least == sizes.length - 1 ? 1 : 0;
                optima[drawn++] = lowest(course, least);
            }
        }

        Optima optima() {
            double[] sorted = Arrays.copyOf(optima, drawn);
            Arrays.sort(sorted);
            return new Optima(lowest(mean, least(mean)), sorted, edges);
        }

        /** Where the parabola through the least value and its neighbours is lowest: sizes are looked at some steps apart. */
        private double lowest(double[] course, int least) {
            if (least == 0 || least == sizes.length - 1) {
                return sizes[least];
            }
            double below = course[least - 1] - course[least];
            double above = course[least + 1] - course[least];
            double half = (sizes[least + 1] - sizes[least - 1]) / 4;
            return below + above > 0 ? sizes[least] + half * (below - above) / (below + above) : sizes[least];
        }
    }

    /** Share of the draws whose best size lies at an edge. */
    double edgeShare() {
        return (double) edges / drawn.length;
    }

    double low(double level) {
        return Math.min(best, drawn[(int) Math.floor((1 - level) / 2 * drawn.length)]);
    }

    double high(double level) {
        return Math.max(best, drawn[(int) Math.min(drawn.length - 1, Math.ceil((1 + level) / 2 * drawn.length))]);
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }
}
