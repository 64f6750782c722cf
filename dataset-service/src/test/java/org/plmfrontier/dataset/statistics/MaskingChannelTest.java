package org.plmfrontier.dataset.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;

/** The Bayes predictor under masks against a table of everything that can happen. */
class MaskingChannelTest {
    private static final int RESIDUES = ResidueCounts.RESIDUES;
    private static final int STANDARD = 20;

    /** Per cent of UniProtKB/Swiss-Prot in the order of the vocabulary, ACDEFGHIKLMNPQRSTVWY. */
    private static final double[] SWISS_PROT = {
        8.25, 1.38, 5.46, 6.71, 3.86, 7.07, 2.27, 5.91, 5.80, 9.64, 2.41, 4.06, 4.74, 3.93, 5.53, 6.65, 5.36, 6.86,
        1.10, 2.92
    };

    @Test
    void theLossIsThatOfTheJointTableOfTruthAndShown() {
        for (Masking masking : new Masking[] {Masking.BERT, new Masking(0.3, 0.5, 0.35), new Masking(0.15, 0.6, 0)}) {
            double[] before = skewed();
            double[][] joint = joint(before, masking);
            MaskingChannel channel = new MaskingChannel(masking);
            for (int shown = 0; shown < RESIDUES; shown++) {
                double sum = Arrays.stream(joint[shown]).sum();
                for (int truth = 0; truth < RESIDUES && sum > 0; truth++) {
                    if (joint[shown][truth] > 0) {
                        assertThat(channel.lossNats(before, token(shown), token(truth)))
                                .isCloseTo(-Math.log(joint[shown][truth] / sum), within(1e-12));
                    }
                }
            }
        }
    }

    @Test
    void aResidueThatShowsMaskTellsNothingOfItself() {
        double[] before = skewed();
        assertThat(new MaskingChannel(Masking.BERT).lossNats(before, Vocabulary.MASK, token(3)))
                .isEqualTo(-Math.log(before[3]));
    }

    @Test
    void aResidueThatCannotBeDrawnStandsThereUnchanged() {
        double[] before = skewed();
        int selenocysteine = Vocabulary.idOf('U');
        assertThat(new MaskingChannel(Masking.BERT).lossNats(before, selenocysteine, selenocysteine))
                .isZero();
    }

    /** 0.8 H(f) + 0.2 x 2.01 = 2.71: what the frequencies reach where a tenth of the residues stands there unchanged. */
    @Test
    void onTheCompositionOfSwissProtTheFrequenciesReach2Point71Nats() {
        double[] before = new double[RESIDUES];
        double total = Arrays.stream(SWISS_PROT).sum();
        for (int t = 0; t < STANDARD; t++) {
            before[t] = SWISS_PROT[t] / total;
        }
        double entropy = 0;
        for (int t = 0; t < STANDARD; t++) {
            entropy -= before[t] * Math.log(before[t]);
        }
        MaskingChannel channel = new MaskingChannel(Masking.BERT);
        double[][] joint = joint(before, Masking.BERT);
        double visible = 0;
        for (int shown = 0; shown < STANDARD; shown++) {
            for (int truth = 0; truth < STANDARD; truth++) {
                visible += joint[shown][truth] * channel.lossNats(before, token(shown), token(truth));
            }
        }
        double all = 0.8 * entropy + visible;
        System.out.printf(
                "H(f) %.4f, on visible residues %.4f, under 80/10/10 %.4f nats%n", entropy, visible / 0.2, all);
        assertThat(entropy).isCloseTo(2.888, within(0.003));
        assertThat(visible / 0.2).isCloseTo(2.008, within(0.005));
        assertThat(all).isCloseTo(2.713, within(0.003));
    }

    /** Probability of each pair of shown and true residue, of those that do not show MASK, written out case by case. */
    private static double[][] joint(double[] before, Masking masking) {
        double[][] joint = new double[RESIDUES][RESIDUES];
        for (int truth = 0; truth < RESIDUES; truth++) {
            joint[truth][truth] += before[truth] * (1 - masking.masked() - masking.random());
            for (int drawn = 0; drawn < STANDARD; drawn++) {
                joint[drawn][truth] += before[truth] * masking.random() / STANDARD;
            }
        }
        return joint;
    }

    private static double[] skewed() {
        double[] before = new double[RESIDUES];
        double total = 0;
        for (int t = 0; t < RESIDUES; t++) {
            before[t] = 1.0 / (2 + t * t % 11);
            total += before[t];
        }
        for (int t = 0; t < RESIDUES; t++) {
            before[t] /= total;
        }
        return before;
    }

    private static byte token(int residue) {
        return (byte) (Vocabulary.FIRST_RESIDUE + residue);
    }
}
