package org.plmfrontier.trainer.regression;

/** Class probabilities softmax(W z + b) of standardised features z. Immutable; thread-safe. */
public final class LinearClassifier {
    private final double[] parameters;
    private final int classes;
    private final Standardisation features;
    private final LinearScores scores;

    LinearClassifier(double[] parameters, int classes, Standardisation features) {
        this.parameters = parameters.clone();
        this.classes = classes;
        this.features = features;
        this.scores = new LinearScores(parameters, classes, features);
    }

    public Standardisation features() {
        return features;
    }

    /** Weight of a standardised feature. */
    public double weight(int label, int feature) {
        return parameters[label * (features.mean().length + 1) + feature];
    }

    public double bias(int label) {
        return weight(label, features.mean().length);
    }

    /** Weight of a raw feature. */
    public double slope(int label, int feature) {
        return weight(label, feature) / features.deviation()[feature];
    }

    /** Logit where all raw features are 0. */
    public double intercept(int label) {
        double intercept = bias(label);
        for (int j = 0; j < features.mean().length; j++) {
            intercept -= slope(label, j) * features.mean()[j];
        }
        return intercept;
    }

    /**
     * Logits of a row of raw features.
     *
     * @return [classes]
     */
    public double[] logits(float[] row) {
        double[] logits = new double[classes];
        scores.of(row, logits);
        return logits;
    }

    /** The class with the largest logit, the first of equal ones. */
    public int predict(float[] row) {
        double[] logits = logits(row);
        int best = 0;
        for (int k = 1; k < classes; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        return best;
    }

    /** Mean of -log p(label), nats per row. */
    public double crossEntropy(LabelledRows rows) {
        double sum = 0;
        double[] logits = new double[classes];
        for (int i = 0; i < rows.size(); i++) {
            scores.of(rows.rows()[i], logits);
            sum += logSumExp(logits) - logits[rows.labels()[i]];
        }
        return sum / rows.size();
    }

    double[] parameters() {
        return parameters.clone();
    }

    /** log(sum(exp)), without overflow. */
    static double logSumExp(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum);
    }
}
