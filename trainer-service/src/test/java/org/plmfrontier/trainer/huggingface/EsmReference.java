package org.plmfrontier.trainer.huggingface;

import java.util.Map;

/**
 * The forward pass of transformers' EsmForMaskedLM (modeling_esm.py), module by module and by its tensor names, in plain
 * loops and double precision. One sequence without padding.
 */
public final class EsmReference {
    private static final double EPSILON = 1e-5;

    private final Map<String, float[]> tensors;
    private final int width;
    private final int heads;
    private final int layers;

    public EsmReference(Map<String, float[]> tensors, int width, int heads, int layers) {
        this.tensors = tensors;
        this.width = width;
        this.heads = heads;
        this.layers = layers;
    }

    /** Logits [position][token]. */
    public double[][] logits(int[] tokens, int maskToken, boolean tokenDropout) {
        double[][] x = embeddings(tokens, maskToken, tokenDropout);
        for (int layer = 0; layer < layers; layer++) {
            String name = "esm.encoder.layer." + layer + ".";
            x = sum(x, attention(name + "attention.", norm(x, name + "attention.LayerNorm")));
            double[][] hidden = gelu(linear(norm(x, name + "LayerNorm"), name + "intermediate.dense"));
            x = sum(x, linear(hidden, name + "output.dense"));
        }
        x = norm(x, "esm.encoder.emb_layer_norm_after");
        x = norm(gelu(linear(x, "lm_head.dense")), "lm_head.layer_norm");
        return linear(x, tensors.get("esm.embeddings.word_embeddings.weight"), tensors.get("lm_head.bias"));
    }

    private double[][] embeddings(int[] tokens, int maskToken, boolean tokenDropout) {
        float[] matrix = tensors.get("esm.embeddings.word_embeddings.weight");
        double masked = 0;
        for (int token : tokens) {
            masked += token == maskToken ? 1 : 0;
        }
        double factor = tokenDropout ? (1 - 0.15 * 0.8) / (1 - masked / tokens.length) : 1;
        double[][] x = new double[tokens.length][width];
        for (int i = 0; i < tokens.length; i++) {
            for (int j = 0; j < width && !(tokenDropout && tokens[i] == maskToken); j++) {
                x[i][j] = matrix[tokens[i] * width + j] * factor;
            }
        }
        return x;
    }

    private double[][] attention(String name, double[][] x) {
        int size = width / heads;
        double[][] query = linear(x, name + "self.query");
        double[][] key = linear(x, name + "self.key");
        double[][] value = linear(x, name + "self.value");
        float[] frequencies = tensors.get(name + "self.rotary_embeddings.inv_freq");
        double[][] context = new double[x.length][width];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < x.length; i++) {
                rotate(query[i], head * size, size, i, frequencies);
                rotate(key[i], head * size, size, i, frequencies);
            }
            for (int i = 0; i < x.length; i++) {
                double[] weights = new double[x.length];
                double total = 0;
                for (int j = 0; j < x.length; j++) {
                    double score = 0;
                    for (int c = head * size; c < (head + 1) * size; c++) {
                        score += query[i][c] * key[j][c];
                    }
                    weights[j] = Math.exp(score / Math.sqrt(size));
                    total += weights[j];
                }
                for (int j = 0; j < x.length; j++) {
                    for (int c = head * size; c < (head + 1) * size; c++) {
                        context[i][c] += weights[j] / total * value[j][c];
                    }
                }
            }
        }
        return linear(context, name + "output.dense");
    }

    /** x cos + rotate_half(x) sin, halves of the head's channels. */
    private static void rotate(double[] x, int start, int size, int position, float[] frequencies) {
        for (int j = 0; j < size / 2; j++) {
            double angle = position * (double) frequencies[j];
            double first = x[start + j];
            double second = x[start + j + size / 2];
            x[start + j] = first * Math.cos(angle) - second * Math.sin(angle);
            x[start + j + size / 2] = second * Math.cos(angle) + first * Math.sin(angle);
        }
    }

    private double[][] norm(double[][] x, String name) {
        float[] weight = tensors.get(name + ".weight");
        float[] bias = tensors.get(name + ".bias");
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double mean = java.util.Arrays.stream(x[i]).average().orElseThrow();
            double variance = java.util.Arrays.stream(x[i])
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            y[i] = new double[x[i].length];
            for (int j = 0; j < y[i].length; j++) {
                y[i][j] = (x[i][j] - mean) / Math.sqrt(variance + EPSILON) * weight[j] + bias[j];
            }
        }
        return y;
    }

    private double[][] linear(double[][] x, String name) {
        return linear(x, tensors.get(name + ".weight"), tensors.get(name + ".bias"));
    }

    private static double[][] linear(double[][] x, float[] weight, float[] bias) {
        double[][] y = new double[x.length][bias.length];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < bias.length; o++) {
                y[i][o] = bias[o];
                for (int j = 0; j < x[i].length; j++) {
                    y[i][o] += x[i][j] * weight[o * x[i].length + j];
                }
            }
        }
        return y;
    }

    private static double[][] gelu(double[][] x) {
        for (double[] row : x) {
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j] * 0.5 * (1 + erf(row[j] / Math.sqrt(2)));
            }
        }
        return x;
    }

    /** By its Maclaurin series; converges to the last digits for the small arguments of these models. */
    private static double erf(double x) {
        if (Math.abs(x) > 5) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                a[i][j] += b[i][j];
            }
        }
        return a;
    }
}
