package org.plmfrontier.fitting.objective;

/** The observations of positive weight side by side, so that a resample costs no more than what it holds. */
final class Drawn {
    final double[] weight;
    final double[] lnLoss;
    final double[] x;
    final double[] y;
    final int[] size;
    final int[] budget;
    final double sumOfWeights;

    Drawn(Centred data, double[] weights) {
        int n = 0;
        for (double w : weights) {
            n += w > 0 ? 1 : 0;
        }
        weight = new double[n];
        lnLoss = new double[n];
        x = new double[n];
        y = new double[n];
        size = new int[n];
        budget = new int[n];
        double sum = 0;
        int k = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                weight[k] = weights[i];
                lnLoss[k] = data.lnLoss()[i];
                x[k] = data.x()[i];
                y[k] = data.y()[i];
                size[k] = data.sizes().index()[i];
                budget[k] = data.budgets().index()[i];
                sum += weights[i];
                k++;
            }
        }
        sumOfWeights = sum;
    }
}
