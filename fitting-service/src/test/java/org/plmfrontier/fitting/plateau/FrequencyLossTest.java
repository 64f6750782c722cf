package org.plmfrontier.fitting.plateau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Diverged;
import org.plmfrontier.fitting.plateau.PlateauVerdict.NotYet;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Overfitting;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.plateau.PlateauVerdict.ScheduleLimited;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Undecided;
import org.plmfrontier.fitting.quantity.Estimate;

class FrequencyLossTest {
    private static final FrequencyLoss FREQUENCIES = new FrequencyLoss("under these masks", 2.713);

    @Test
    void aFloorAtTheFrequenciesSaysWhoseFloorItIsAndKeepsItsNumbers() {
        Plateau flat = new Plateau("flat at 2.697", new Estimate(2.697, 2.69, 2.70, 0.95), 1e10, 2e10, 8e10);
        PlateauVerdict seen = FREQUENCIES.beside(flat, 2.704);
        assertThat(seen.reason())
                .isEqualTo("flat at 2.697; 2.704 nats is no better than the frequencies under these masks (2.713,"
                        + " margin 0.03)");
        assertThat(seen).isEqualTo(new Plateau(seen.reason(), flat.lInf(), 1e10, 2e10, 8e10));
    }

    @Test
    void onlyALossBelowTheFrequenciesByMoreThanTheMarginIsBetter() {
        assertThat(FREQUENCIES.isBeatenBy(2.688)).as("0.025 below").isFalse();
        assertThat(FREQUENCIES.isBeatenBy(2.682)).as("0.031 below").isTrue();
        assertThat(FREQUENCIES.isBeatenBy(2.9)).as("above").isFalse();
        Undecided undecided = new Undecided("too short");
        assertThat(FREQUENCIES.beside(undecided, 2.5)).isEqualTo(undecided);
    }

    @Test
    void everyVerdictKeepsItsKindAndADivergedRunNeedsNoComparison() {
        List<PlateauVerdict> verdicts = List.of(
                new ScheduleLimited("dead", 0.1),
                new NotYet("falls"),
                new Undecided("noisy"),
                new Overfitting("rises", 2.7, 1e12));
        for (PlateauVerdict verdict : verdicts) {
            PlateauVerdict seen = FREQUENCIES.beside(verdict, 2.72);
            assertThat(seen).hasSameClassAs(verdict);
            assertThat(seen.reason()).startsWith(verdict.reason() + "; ").contains("(2.713");
        }
        Diverged lost = new Diverged("gone");
        assertThat(FREQUENCIES.beside(lost, 9)).isEqualTo(lost);
    }

    @Test
    void ofACausalFamilyThereAreNoMasksToSpeakOf() {
        assertThat(new FrequencyLoss("", 2.891)
                        .beside(new NotYet("falls"), 2.88)
                        .reason())
                .contains("no better than the frequencies (2.891, margin 0.03)");
        assertThatThrownBy(() -> new FrequencyLoss("", Double.NaN)).hasMessageContaining("lossNats");
    }
}
