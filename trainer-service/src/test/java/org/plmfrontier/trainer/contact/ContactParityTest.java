package org.plmfrontier.trainer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.trainer.djl.DownstreamScene;
import org.plmfrontier.trainer.djl.Parity;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.safetensors.Fixture;

/** Features, probabilities and precisions of the 5M model against fair-esm's contact head in float64. */
class ContactParityTest {
    private static final int LENGTH = 100;
    private static final int HEADS = 80;

    @Test
    void featuresAreThoseOfFairEsm() throws IOException {
        try (Fixture fixture = Fixture.open("downstream/contacts");
                ProteinModel model = DownstreamScene.model()) {
            double[] upper = fixture.values("f64.features_upper");
            double[] sums = fixture.values("f64.feature_sum");
            double[] dots = fixture.values("f64.feature_dot");
            double[] worst = new double[3];
            boolean[] seen = new boolean[HEADS];
            AttentionFeatures.of(model, protein(fixture).protein(), (head, features) -> {
                seen[head] = true;
                double sum = 0;
                double dot = 0;
                for (int i = 0; i < LENGTH; i++) {
                    for (int j = 0; j < LENGTH; j++) {
                        double feature = features[i * LENGTH + j];
                        sum += feature;
                        dot += feature * DownstreamScene.signed(97, LENGTH * i + j);
                        int place =
                                LENGTH * Math.min(i, j) - Math.min(i, j) * (Math.min(i, j) - 1) / 2 + Math.abs(i - j);
                        double peer = upper[head * LENGTH * (LENGTH + 1) / 2 + place];
                        worst[0] = Math.max(worst[0], Math.abs(feature - peer));
                    }
                }
                worst[1] = Math.max(worst[1], Math.abs(sum - sums[head]));
                worst[2] = Math.max(worst[2], Math.abs(dot - dots[head]));
            });
            assertThat(seen).doesNotContain(false);
            Parity.report("contact features", worst[0], 3e-5);
            Parity.report("contact features, sums of heads", worst[1], 1e-9);
            Parity.report("contact features, projections", worst[2], 3e-4);
        }
    }

    @Test
    void probabilitiesAreThoseOfFairEsm() throws IOException {
        try (Fixture fixture = Fixture.open("downstream/contacts");
                ProteinModel model = DownstreamScene.model()) {
            double[] logits = scores(fixture, model).scores();
            double[] expected = fixture.values("f64.contacts");
            double worst = 0;
            for (int pair = 0; pair < expected.length; pair++) {
                worst = Math.max(worst, Math.abs(1 / (1 + Math.exp(-logits[pair])) - expected[pair]));
            }
            Parity.report("contact probabilities", worst, 3e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"LONG,0.27,0.26,0.15", "MEDIUM,0.20,0.14,0.20", "SHORT,0.24,0.20,0.15"})
    void precisionsAreThoseOfTheReference(Range range, double all, double half, double fifth) throws IOException {
        try (Fixture fixture = Fixture.open("downstream/contacts");
                ProteinModel model = DownstreamScene.model()) {
            PairScores scores = scores(fixture, model);
            assertThat(scores.precision(range, 1)).hasValue(all);
            assertThat(scores.precision(range, 2)).hasValue(half);
            assertThat(scores.precision(range, 5)).hasValue(fifth);
        }
    }

    private static PairScores scores(Fixture fixture, ProteinModel model) {
        return new ContactRegression(fixture.values("regression_weight"), fixture.scalar("regression_bias"))
                .scores(model, protein(fixture));
    }

    private static ContactProtein protein(Fixture fixture) {
        byte[] tokens =
                DownstreamScene.rows(fixture.integers("tokens"), LENGTH + 2).getFirst();
        int[] list = fixture.integers("contact_list");
        BitSet contacts = new BitSet();
        for (int i = 0; i < list.length; i += 2) {
            contacts.set(list[i] * LENGTH + list[i + 1]);
        }
        BitSet known = new BitSet();
        known.set(0, LENGTH);
        return new ContactProtein(
                new Protein("BLAT", tokens), IntStream.range(0, LENGTH).toArray(), known, contacts);
    }
}
