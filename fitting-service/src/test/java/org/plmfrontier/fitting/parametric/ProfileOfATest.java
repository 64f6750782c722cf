package org.plmfrontier.fitting.parametric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

class ProfileOfATest {
    private static final HoffmannLaw LAW =
            new HoffmannLaw(Math.log(1.69), Math.log(406.4), Math.log(410.7), 0.34, 0.28);

    @Test
    void coversTheTruthAboutAsOftenAsItClaims() {
        int covered = 0;
        int studies = 200;
        for (int seed = 1; seed <= studies; seed++) {
            Observations study = PlantedStudies.grid(LAW, 5, 4, 0.005, seed);
            FitOutcome<Estimate> outcome = ProfileOfA.interval(study, Approach3.hoffmann(), 0.95);
            Estimate a = outcome.result().orElseThrow(() -> new AssertionError(outcome));
            covered += a.covers(LAW.a()) ? 1 : 0;
        }
        System.out.println(
                "profile interval of a: " + covered + " of " + studies + " planted studies covered, seeds 1 to 200");
        assertThat(covered).isBetween(180, 198);
    }

    @Test
    void wildLossesHardlyWidenIt() {
        Observations clean = PlantedStudies.grid(LAW, 6, 5, 0.005, 3);
        double[] losses = clean.lossNats().clone();
        losses[7] *= 1.2;
        losses[22] *= 0.8;
        Estimate spoiled = ProfileOfA.interval(
                        new Observations(clean.run(), clean.parameters(), clean.tokens(), losses),
                        Approach3.hoffmann(),
                        0.95)
                .result()
                .orElseThrow();
        assertThat(spoiled.covers(LAW.a())).isTrue();
        assertThat(spoiled.width()).isLessThan(3 * width(0.005));
    }

    @Test
    void kaplansExponentHasOneToo() {
        KaplanLaw law = new KaplanLaw(0.076, 0.103, Math.log(6.4e13), Math.log(1.8e13));
        Estimate a = ProfileOfA.interval(PlantedStudies.grid(law, 6, 5, 0.005, 3), Approach3.kaplan(), 0.95)
                .result()
                .orElseThrow();
        assertThat(a.covers(law.a())).isTrue();
        assertThat(a.width()).isLessThan(0.05);
    }

    @Test
    void noiseWidensIt() {
        double quiet = width(0.002);
        double loud = width(0.008);
        assertThat(loud).isBetween(2 * quiet, 8 * quiet);
    }

    @Test
    void anOpenLikelihoodIsNotIdentifiable() {
        assertThat(ProfileOfA.interval(PlantedStudies.grid(LAW, 3, 3, 1.0, 4), Approach3.hoffmann(), 0.95))
                .isNotInstanceOf(FitOutcome.Fitted.class);
    }

    private static double width(double noise) {
        return ProfileOfA.interval(PlantedStudies.grid(LAW, 6, 5, noise, 3), Approach3.hoffmann(), 0.95)
                .result()
                .orElseThrow()
                .width();
    }
}
