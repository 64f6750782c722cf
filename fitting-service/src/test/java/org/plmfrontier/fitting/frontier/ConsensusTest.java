package org.plmfrontier.fitting.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

class ConsensusTest {
    /** A frontier that says the same N for every budget, within a factor. */
    private record Says(double n, double factor) implements FrontierAt {
        @Override
        public Domain observed() {
            return new Domain(1e15, 1e17);
        }

        @Override
        public FitOutcome<FrontierPoint> at(double budget) {
            return FitOutcome.fitted(new FrontierPoint(
                    budget,
                    around(n),
                    around(budget / 6 / n),
                    around(budget / 6 / n / n),
                    FitOutcome.fitted(new Estimate(2.5, 2.4, 2.6, 0.95))));
        }

        private Estimate around(double value) {
            return new Estimate(value, value / factor, value * factor, 0.95);
        }
    }

    private static Consensus at(Map<String, FitOutcome<FrontierAt>> frontiers) {
        return Consensus.at(1e16, frontiers);
    }

    private static Map<String, FitOutcome<FrontierAt>> methods(Says first, Says second) {
        Map<String, FitOutcome<FrontierAt>> methods = new LinkedHashMap<>();
        methods.put("a1", FitOutcome.fitted(first));
        methods.put("a2", FitOutcome.notIdentifiable("no parabolas"));
        methods.put("a3", FitOutcome.fitted(second));
        return methods;
    }

    @Test
    void methodsWhoseIntervalsMeetGiveTheMeanWithTheHullOfTheirIntervals() {
        Consensus consensus = at(methods(new Says(1e6, 2), new Says(2e6, 2)));
        FrontierPoint together = consensus.together().result().orElseThrow();
        assertThat(together.nOpt().value()).isCloseTo(Math.sqrt(2) * 1e6, within(1.0));
        assertThat(together.nOpt().low()).isEqualTo(5e5);
        assertThat(together.nOpt().high()).isEqualTo(4e6);
        assertThat(consensus.answers()).containsOnlyKeys("a1", "a2", "a3");
        assertThat(consensus.answers().get("a2")).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void methodsThatDisagreeGiveNoNumberAndSayWhoSaysWhat() {
        assertThat(at(methods(new Says(1e6, 1.2), new Says(2e6, 1.2))).together())
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("do not agree", "by a1", "by a3"));
    }

    @Test
    void oneMethodIsNoConsensus() {
        assertThat(at(Map.of("a1", FitOutcome.fitted(new Says(1e6, 2)))).together())
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        r -> assertThat(r.reason()).contains("only a1"));
    }
}
