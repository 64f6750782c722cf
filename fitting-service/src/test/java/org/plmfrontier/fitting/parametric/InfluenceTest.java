package org.plmfrontier.fitting.parametric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;

class InfluenceTest {
    private static final HoffmannLaw LAW = new HoffmannLaw(Math.log(1.8), Math.log(60), Math.log(250), 0.3, 0.35);

    @Test
    void theRunThatMovesTheExponentMostStandsFirst() {
        Observations clean = PlantedStudies.grid(LAW, 5, 5, 0.002, 1);
        String[] bySize = clean.run().clone();
        double[] losses = clean.lossNats().clone();
        for (int i = 0; i < bySize.length; i++) {
            bySize[i] = "size-" + i / 5;
            losses[i] *= i / 5 == 4 ? 1 + 0.02 * (i % 5) : 1;
        }
        Observations spoiled = new Observations(bySize, clean.parameters(), clean.tokens(), losses);
        List<Influence> influences =
                Influence.of(Approach3.hoffmann(), spoiled).result().orElseThrow();
        assertThat(influences).hasSize(5);
        double all = exponent(spoiled);
        for (int i = 0; i < influences.size(); i++) {
            Influence influence = influences.get(i);
            assertThat(influence.shiftOfA()).isEqualTo(exponent(spoiled.without(influence.run())) - all);
            assertThat(spoiled.without(influence.run()).size()).isEqualTo(20);
            assertThat(Math.abs(influence.shiftOfA()))
                    .isLessThanOrEqualTo(Math.abs(influences.get(0).shiftOfA()));
        }
        assertThat(Math.abs(influences.get(0).shiftOfA())).isGreaterThan(0.01);
    }

    private static double exponent(Observations observations) {
        return Approach3.hoffmann()
                .fit(observations)
                .result()
                .orElseThrow()
                .surface()
                .a();
    }

    @Test
    void aRunWithoutWhichThereIsNoSurfaceStandsFirstWithItsReason() {
        Observations four = PlantedStudies.grid(LAW, 4, 5, 0, 1);
        String[] bySize = four.run().clone();
        for (int i = 0; i < bySize.length; i++) {
            bySize[i] = "size-" + i / 5;
        }
        List<Influence> influences = Influence.of(
                        Approach3.hoffmann(),
                        new Observations(bySize, four.parameters(), four.tokens(), four.lossNats()))
                .result()
                .orElseThrow();
        assertThat(influences.get(0).without().result()).isEmpty();
        assertThat(influences.get(0).shiftOfA()).isZero();
    }
}
