package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.safetensors.Fixture;

/** Layer representations of the 5M model against fair-esm in float64: scripts/extract.py of fair-esm. */
class EmbeddingParityTest {
    private static final int LAYERS = DownstreamScene.SHAPE.layers();
    private static final int WIDTH = DownstreamScene.SHAPE.dModel();
    private static final int[] ALL = IntStream.rangeClosed(0, LAYERS).toArray();

    @Test
    void meansOverResiduesAreThoseOfFairEsmInEveryLayer() throws IOException {
        try (Fixture fixture = Fixture.open("downstream/embeddings");
                ProteinModel model = DownstreamScene.model()) {
            List<byte[]> proteins = proteins(fixture);
            double[] expected = fixture.values("f64.mean");
            double[] worst = new double[LAYERS + 1];
            for (int protein = 0; protein < proteins.size(); protein++) {
                float[][][] states = model.hidden(DownstreamScene.residues(List.of(proteins.get(protein))), ALL);
                for (int layer = 0; layer <= LAYERS; layer++) {
                    double[] mean = mean(states[layer]);
                    for (int j = 0; j < WIDTH; j++) {
                        double peer = expected[(protein * (LAYERS + 1) + layer) * WIDTH + j];
                        worst[layer] = Math.max(worst[layer], Math.abs(mean[j] - peer));
                    }
                }
            }
            for (int layer = 0; layer <= LAYERS; layer++) {
                Parity.report("5M mean embedding, layer " + layer, worst[layer], layer == 0 ? 1e-6 : 3e-5);
            }
        }
    }

    @Test
    void residuesAreThoseOfFairEsmAloneAndInAPaddedBatch() throws IOException {
        try (Fixture fixture = Fixture.open("downstream/embeddings");
                ProteinModel model = DownstreamScene.model()) {
            List<byte[]> pair = proteins(fixture).stream()
                    .filter(row -> row.length == 67 || row.length == 74)
                    .toList();
            assertThat(pair).hasSize(2);
            double[] first = fixture.values("f64.residue_last." + (pair.get(0).length == 67 ? "5coy-A" : "4m8a-A"));
            double[] second = fixture.values("f64.residue_last." + (pair.get(1).length == 67 ? "5coy-A" : "4m8a-A"));
            float[][] batch = model.hidden(DownstreamScene.residues(pair), LAYERS)[0];
            float[][] alone = model.hidden(DownstreamScene.residues(pair.subList(0, 1)), LAYERS)[0];
            Parity.report("5M residue embeddings, alone", distance(alone, 0, first), 5e-5);
            Parity.report("5M residue embeddings, in a batch", distance(batch, 0, first), 5e-5);
            Parity.report("5M residue embeddings, second row", distance(batch, alone.length, second), 5e-5);
        }
    }

    @Test
    void onlyTheLayersAskedForComeBackAndTheyAreTheSame() throws IOException {
        try (Fixture fixture = Fixture.open("downstream/embeddings");
                ProteinModel model = DownstreamScene.model()) {
            var batch = DownstreamScene.residues(proteins(fixture).subList(0, 3));
            float[][][] all = model.hidden(batch, ALL);
            float[][][] some = model.hidden(batch, 1, 4);
            assertThat(some[0]).isDeepEqualTo(all[1]);
            assertThat(some[1]).isDeepEqualTo(all[4]);
            assertThatThrownBy(() -> model.hidden(batch, 2, 2)).hasMessageContaining("[2, 2]");
            assertThatThrownBy(() -> model.hidden(batch, 5)).hasMessageContaining("from 0 to 4");
        }
    }

    private static List<byte[]> proteins(Fixture fixture) {
        return DownstreamScene.rows(fixture.integers("tokens"), 202);
    }

    private static double[] mean(float[][] rows) {
        double[] mean = new double[WIDTH];
        for (float[] row : rows) {
            for (int j = 0; j < WIDTH; j++) {
                mean[j] += row[j] / (double) rows.length;
            }
        }
        return mean;
    }

    private static double distance(float[][] rows, int from, double[] expected) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(rows[from + i / WIDTH][i % WIDTH] - expected[i]));
        }
        return worst;
    }
}
