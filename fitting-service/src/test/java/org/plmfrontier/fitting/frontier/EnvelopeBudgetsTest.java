package org.plmfrontier.fitting.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.PlantedCurves;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;

class EnvelopeBudgetsTest {
    private static final EnvelopeFrontier ENVELOPE = envelope();

    private static EnvelopeFrontier envelope() {
        List<SmoothedCurve> curves = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double n = 1e5 * Math.pow(2, i);
            curves.add(SmoothedCurve.of(
                            PlantedCurves.run(
                                    "run-" + i,
                                    n,
                                    400,
                                    3e14 / (6 * n) / 400,
                                    d -> 1.7 + 40 * Math.pow(n, -0.34) + 60 * Math.pow(d, -0.28),
                                    0.01,
                                    new SplittableRandom(i)),
                            Stiffness.crossValidated())
                    .result()
                    .orElseThrow());
        }
        return Approach1.fit(curves, new Bootstrap(100, 0.95, 3)).result().orElseThrow();
    }

    @Test
    void usualBudgetsAscendWithinTheEnvelopeAndEndAtItsEnd() {
        List<FrontierPoint> points = EnvelopeBudgets.points(ENVELOPE).result().orElseThrow();
        assertThat(points).hasSizeGreaterThan(4);
        assertThat(points)
                .extracting(FrontierPoint::budgetFlops)
                .isSorted()
                .contains(1e13, 2e13, 5e13)
                .endsWith(ENVELOPE.domain().maxFlops());
        for (FrontierPoint point : points) {
            assertThat(point.tokensPerParameter().value()
                            * point.nOpt().value()
                            / point.dOpt().value())
                    .isBetween(0.999999, 1.000001);
            assertThat(point.lossNats().result()).isPresent();
        }
    }

    @Test
    void budgetsTooFarOutsideAreLeftOutAndAloneAreRefused() {
        assertThat(EnvelopeBudgets.points(ENVELOPE, new double[] {1e14, 1e20})
                        .result()
                        .orElseThrow())
                .singleElement()
                .satisfies(point -> assertThat(point.budgetFlops()).isEqualTo(1e14));
        assertThat(EnvelopeBudgets.points(ENVELOPE, new double[] {1e20}))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("outside what was trained"));
    }
}
