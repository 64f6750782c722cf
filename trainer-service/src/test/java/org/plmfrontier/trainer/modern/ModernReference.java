package org.plmfrontier.trainer.modern;

import java.util.Arrays;
import java.util.Map;

/**
 * The forward pass of the modern block in plain loops and double precision, by the names of its exported tensors. One
 * sequence without padding.
 */
public final class ModernReference {
    private static final double EPSILON = 1e-5;

    private final Map<String, double[]> tensors;
    private final int heads;
    private final int layers;
    private final boolean causal;
    private final boolean qkNorm;

    public ModernReference(Map<String, double[]> tensors, int heads, int layers, boolean causal, boolean qkNorm) {
        this.tensors = tensors;
        this.heads = heads;
        this.layers = layers;
        this.causal = causal;
        this.qkNorm = qkNorm;
    }

    /** Logits [position][token]. */
    public double[][] logits(int[] tokens) {
        double[] embedding = tensor("embed_tokens");
        int width = tensor("norm").length;
        double[][] x = new double[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            x[i] = Arrays.copyOfRange(embedding, tokens[i] * width, (tokens[i] + 1) * width);
        }
        for (int layer = 0; layer < layers; layer++) {
            String name = "layers." + layer + ".";
            add(x, attention(name + "self_attn.", normed(x, name + "input_layernorm")));
            add(x, feedForward(name + "mlp.", normed(x, name + "post_attention_layernorm")));
        }
        return product(normed(x, "norm"), "lm_head");
    }

    private double[][] attention(String name, double[][] x) {
        double[][] query = product(x, name + "q_proj");
        double[][] key = product(x, name + "k_proj");
        double[][] value = product(x, name + "v_proj");
        int width = query[0].length;
        int size = width / heads;
        double[][] context = new double[x.length][width];
        for (int head = 0; head < heads; head++) {
            int start = head * size;
            for (int i = 0; i < x.length; i++) {
                turn(query[i], start, size, i, name + "q_norm");
                turn(key[i], start, size, i, name + "k_norm");
            }
            for (int i = 0; i < x.length; i++) {
                int seen = causal ? i + 1 : x.length;
                double[] weights = new double[seen];
                double total = 0;
                for (int j = 0; j < seen; j++) {
                    double score = 0;
                    for (int c = start; c < start + size; c++) {
                        score += query[i][c] * key[j][c];
                    }
                    weights[j] = Math.exp(score / Math.sqrt(size));
                    total += weights[j];
                }
                for (int j = 0; j < seen; j++) {
                    for (int c = start; c < start + size; c++) {
                        context[i][c] += weights[j] / total * value[j][c];
                    }
                }
            }
        }
        return product(context, name + "o_proj");
    }

    /** One head's channels normalised, where the model does that, and rotated: channel j with channel j + size / 2. */
    private void turn(double[] x, int start, int size, int position, String norm) {
        if (qkNorm) {
            double[] head = normed(Arrays.copyOfRange(x, start, start + size), tensor(norm));
            System.arraycopy(head, 0, x, start, size);
        }
        for (int j = 0; j < size / 2; j++) {
            double angle = position / Math.pow(10_000, 2.0 * j / size);
            double first = x[start + j];
            double second = x[start + j + size / 2];
            x[start + j] = first * Math.cos(angle) - second * Math.sin(angle);
            x[start + j + size / 2] = second * Math.cos(angle) + first * Math.sin(angle);
        }
    }

    private double[][] feedForward(String name, double[][] x) {
        double[][] gate = product(x, name + "gate_proj");
        double[][] up = product(x, name + "up_proj");
        for (int i = 0; i < gate.length; i++) {
            for (int j = 0; j < gate[i].length; j++) {
                gate[i][j] = gate[i][j] / (1 + Math.exp(-gate[i][j])) * up[i][j];
            }
        }
        return product(gate, name + "down_proj");
    }

    private double[][] normed(double[][] x, String name) {
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            y[i] = normed(x[i], tensor(name));
        }
        return y;
    }

    private static double[] normed(double[] x, double[] weight) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + EPSILON);
        double[] y = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            y[j] = x[j] * scale * weight[j];
        }
        return y;
    }

    private double[][] product(double[][] x, String name) {
        double[] weight = tensor(name);
        int columns = x[0].length;
        double[][] y = new double[x.length][weight.length / columns];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < y[i].length; o++) {
                for (int j = 0; j < columns; j++) {
                    y[i][o] += x[i][j] * weight[o * columns + j];
                }
            }
        }
        return y;
    }

    private double[] tensor(String name) {
        double[] values = tensors.get(name + ".weight");
        if (values == null) {
            throw new IllegalStateException("no tensor " + name + ".weight");
        }
        return values;
    }

    private static void add(double[][] x, double[][] y) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] += y[i][j];
            }
        }
    }
}
