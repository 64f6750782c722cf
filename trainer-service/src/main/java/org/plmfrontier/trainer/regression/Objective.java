package org.plmfrontier.trainer.regression;

import java.util.concurrent.CancellationException;

/**
 * J(W, b) = mean over rows of -log softmax(W z + b)[label] + lambda / 2 * sum of W^2, with its gradient and the products of its
 * Hessian. The bias is not penalised (scikit-learn's C is 1 / (lambda n)). Parameters lie class by class, the weights, then
 * the bias. Not thread-safe.
 */
final class Objective {
    private final LabelledRows data;
    private final Standardisation features;
    private final double lambda;
    private final int width;
    /** Class probabilities of each row at the parameters evaluated last [rows * classes]. */
    private final double[] probabilities;

    Objective(LabelledRows data, Standardisation features, double lambda) {
        this.data = data;
        this.features = features;
        this.lambda = lambda;
        this.width = data.features() + 1;
        this.probabilities = new double[data.size() * data.classes()];
    }

    int parameters() {
        return data.classes() * width;
    }

    /**
     * Value and gradient.
     *
     * @param gradient target [parameters]
     */
    double evaluate(double[] at, double[] gradient) {
        LinearScores scores = new LinearScores(at, data.classes(), features);
        double[] logits = new double[data.classes()];
        double[][] sums = new double[data.classes()][width];
        double loss = 0;
        for (int i = 0; i < data.size(); i++) {
            goOn(i);
            scores.of(data.rows()[i], logits);
            double log = LinearClassifier.logSumExp(logits);
            loss += log - logits[data.labels()[i]];
            for (int k = 0; k < logits.length; k++) {
                double probability = Math.exp(logits[k] - log);
                probabilities[i * logits.length + k] = probability;
                add(sums[k], data.rows()[i], probability - (data.labels()[i] == k ? 1 : 0));
            }
        }
        unfold(sums, at, gradient);
        return loss / data.size() + penalty(at);
    }

    /** Hessian at the parameters evaluated last, times a vector. */
    void hessianTimes(double[] vector, double[] target) {
        LinearScores scores = new LinearScores(vector, data.classes(), features);
        double[] slopes = new double[data.classes()];
        double[][] sums = new double[data.classes()][width];
        for (int i = 0; i < data.size(); i++) {
            goOn(i);
            scores.of(data.rows()[i], slopes);
            int offset = i * slopes.length;
            double mean = 0;
            for (int k = 0; k < slopes.length; k++) {
                mean += probabilities[offset + k] * slopes[k];
            }
            for (int k = 0; k < slopes.length; k++) {
                add(sums[k], data.rows()[i], probabilities[offset + k] * (slopes[k] - mean));
            }
        }
        unfold(sums, vector, target);
    }

    /** How much a row curves the loss: sum of p (1 - p) over all classes but one. */
    double curvature(int row) {
        double sum = 0;
        for (int k = 0; k < data.classes(); k++) {
            double p = probabilities[row * data.classes() + k];
            sum += p * (1 - p);
        }
        return sum / (data.classes() - 1);
    }

    private double penalty(double[] at) {
        double squares = 0;
        for (int i = 0; i < at.length; i++) {
            squares += i % width == width - 1 ? 0 : at[i] * at[i];
        }
        return lambda / 2 * squares;
    }

    private static void add(double[] sums, float[] row, double factor) {
        for (int j = 0; j < row.length; j++) {
            sums[j] += factor * row[j];
        }
        sums[row.length] += factor;
    }

    /** Sums over raw features as means over standardised ones, with the penalty's part. */
    private void unfold(double[][] sums, double[] at, double[] target) {
        int size = data.size();
        for (int k = 0; k < sums.length; k++) {
            double total = sums[k][width - 1];
            for (int j = 0; j < width - 1; j++) {
                double sum = (sums[k][j] - features.mean()[j] * total) / features.deviation()[j];
                target[k * width + j] = sum / size + lambda * at[k * width + j];
            }
            target[k * width + width - 1] = total / size;
        }
    }

    private static void goOn(int row) {
        if ((row & 0xfff) == 0 && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the regression was given up");
        }
    }
}
