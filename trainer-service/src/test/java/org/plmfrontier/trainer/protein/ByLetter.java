package org.plmfrontier.trainer.protein;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;

/** A model that knows how frequent tokens are and nothing else: the log-probability falls with the token by 1/8. */
public final class ByLetter implements ProteinModel {
    private static final double NORM = norm();

    private final ModelShape shape;
    private int largestBatch;

    public ByLetter(ModelShape shape) {
        this.shape = shape;
    }

    /** Unnormalised log-probability of a letter, exact in binary. */
    public static double logit(char letter) {
        return -Vocabulary.idOf(letter) / 8.0;
    }

    /** Log-probability of a token, nats. */
    public static double logProbability(int token) {
        return -token / 8.0 - NORM;
    }

    /** Tokens of the largest batch that it was asked. */
    public int largestBatch() {
        return largestBatch;
    }

    @Override
    public ModelShape shape() {
        return shape;
    }

    @Override
    public boolean tokenDropout() {
        return shape.family().masked();
    }

    @Override
    public double[][] logProbabilities(PaddedBatch batch) {
        largestBatch = Math.max(largestBatch, batch.tokens().length);
        double[][] rows = new double[batch.selected().length][Vocabulary.SIZE];
        for (double[] row : rows) {
            for (int token = 0; token < row.length; token++) {
                row[token] = logProbability(token);
            }
        }
        return rows;
    }

    @Override
    public float[][][] hidden(PaddedBatch batch, int... layers) {
        throw new UnsupportedOperationException("letters have no hidden states");
    }

    @Override
    public boolean attends() {
        return false;
    }

    @Override
    public void attention(PaddedBatch sequence, AttentionReader reader) {
        throw new UnsupportedOperationException("letters do not attend");
    }

    @Override
    public void close() {}

    private static double norm() {
        double sum = 0;
        for (int token = 0; token < Vocabulary.SIZE; token++) {
            sum += Math.exp(-token / 8.0);
        }
        return Math.log(sum);
    }
}
