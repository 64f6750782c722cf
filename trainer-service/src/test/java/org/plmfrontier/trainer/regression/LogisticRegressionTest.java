package org.plmfrontier.trainer.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The solver, without a model. */
class LogisticRegressionTest {
    private static final int FEATURES = 6;

    @ParameterizedTest
    @CsvSource({"lam1e-4,1e-4,0.444396440190719,97", "lam1e-2,1e-2,0.5928695701837066,95"})
    void theToyHasTheObjectiveWeightsAndHitsOfTheReference(String name, double lambda, double objective, int hits) {
        try (Fixture fixture = Fixture.open("downstream/probe")) {
            LabelledRows toy = toy(fixture);
            LogisticRegression.Fit fit =
                    new LogisticRegression(lambda, 1e-11).fit(toy, notStandardised(5), Optional.empty());
            assertThat(fit.gradientNorm()).isLessThan(1e-11);
            assertThat(fit.objective()).isCloseTo(objective, within(1e-12));
            double[] weights = fixture.values("toy." + name + ".weight");
            double[] biases = fixture.values("toy." + name + ".bias");
            double worst = 0;
            for (int k = 0; k < 3; k++) {
                worst = Math.max(worst, Math.abs(fit.classifier().bias(k) - biases[k]));
                for (int j = 0; j < 5; j++) {
                    worst = Math.max(worst, Math.abs(fit.classifier().weight(k, j) - weights[k * 5 + j]));
                }
            }
            System.out.printf(
                    "toy %s: J off by %.1e, W by %.1e, %d Newton steps, gradient %.1e%n",
                    name, Math.abs(fit.objective() - objective), worst, fit.steps(), fit.gradientNorm());
            assertThat(worst).isLessThan(1e-6);
            int right = 0;
            for (int i = 0; i < toy.size(); i++) {
                right += fit.classifier().predict(toy.rows()[i]) == toy.labels()[i] ? 1 : 0;
            }
            assertThat(right).isEqualTo(hits);
        }
    }

    @Test
    void aPlantedRelationIsFoundAndPredictedWhereItWasNotFitted() {
        LabelledRows data = planted(3000, 1);
        LabelledRows other = planted(1000, 2);
        LinearClassifier classifier =
                new LogisticRegression(1e-4, 1e-8).fit(data).classifier();
        int right = 0;
        for (int i = 0; i < other.size(); i++) {
            right += classifier.predict(other.rows()[i]) == other.labels()[i] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(970);
        assertThat(classifier.crossEntropy(other)).isLessThan(0.2);
    }

    @Test
    void theGradientIsThatOfTheObjectiveAndTheHessianThatOfTheGradient() {
        LabelledRows data = planted(200, 3);
        Objective objective = new Objective(data, Standardisation.of(data.rows()), 0.01);
        int size = objective.parameters();
        double[] at = new double[size];
        double[] vector = new double[size];
        SplitMix64 random = new SplitMix64(4);
        for (int i = 0; i < size; i++) {
            at[i] = random.nextUnit() - 0.5;
            vector[i] = random.nextUnit() - 0.5;
        }
        double step = 1e-4;
        double[] ahead = new double[size];
        double[] behind = new double[size];
        double up = objective.evaluate(moved(at, vector, step), ahead);
        double down = objective.evaluate(moved(at, vector, -step), behind);
        double[] gradient = new double[size];
        objective.evaluate(at, gradient);
        assertThat((up - down) / (2 * step)).isCloseTo(ConjugateGradients.dot(gradient, vector), within(1e-7));
        double[] curved = new double[size];
        objective.hessianTimes(vector, curved);
        for (int i = 0; i < size; i++) {
            assertThat((ahead[i] - behind[i]) / (2 * step)).isCloseTo(curved[i], within(1e-7));
        }
    }

    @Test
    void aConstantFeatureHasNoWeightAndHarmsNobody() {
        LabelledRows data = planted(500, 5);
        float[][] wider = new float[data.size()][];
        for (int i = 0; i < wider.length; i++) {
            wider[i] = Arrays.copyOf(data.rows()[i], FEATURES + 1);
            wider[i][FEATURES] = 12345.678f;
        }
        LogisticRegression regression = new LogisticRegression(1e-3, 1e-10);
        LogisticRegression.Fit fit = regression.fit(new LabelledRows(wider, data.labels(), 3));
        assertThat(fit.objective()).isCloseTo(regression.fit(data).objective(), within(1e-12));
        assertThat(fit.classifier().weight(0, FEATURES)).isZero();
    }

    @Test
    void theBiasesAreThoseOfTheClassFrequenciesWhereTheFeaturesSayNothing() {
        float[][] rows = new float[40][1];
        byte[] labels = new byte[40];
        Arrays.fill(labels, 0, 10, (byte) 1);
        LinearClassifier classifier = new LogisticRegression(1, 1e-12)
                .fit(new LabelledRows(rows, labels, 2))
                .classifier();
        assertThat(classifier.bias(1) - classifier.bias(0)).isCloseTo(Math.log(10.0 / 30), within(1e-9));
        assertThat(classifier.bias(1) + classifier.bias(0)).isCloseTo(0, within(1e-12));
    }

    @Test
    void noiseIsPenalisedMoreThanAClearRelation() {
        double clear = PenaltyChoice.lambda(planted(2000, 6), planted(500, 7));
        double noise = PenaltyChoice.lambda(shuffled(planted(200, 8)), shuffled(planted(500, 9)));
        assertThat(clear).isEqualTo(1e-4);
        assertThat(noise).isEqualTo(1e-1);
    }

    @Test
    void featuresThatAreNoNumbersAreRefused() {
        LabelledRows data = new LabelledRows(new float[][] {{1, 2}, {3, Float.NaN}}, new byte[] {0, 1}, 2);
        assertThatThrownBy(() -> new LogisticRegression(1, 1e-6).fit(data))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("feature 1");
    }

    private static LabelledRows toy(Fixture fixture) {
        double[] x = fixture.values("toy.x");
        int[] y = fixture.integers("toy.y");
        float[][] rows = new float[y.length][5];
        byte[] labels = new byte[y.length];
        for (int i = 0; i < y.length; i++) {
            labels[i] = (byte) y[i];
            for (int j = 0; j < 5; j++) {
                rows[i][j] = (float) x[i * 5 + j];
            }
        }
        return new LabelledRows(rows, labels, 3);
    }

    private static Standardisation notStandardised(int features) {
        double[] ones = new double[features];
        Arrays.fill(ones, 1);
        return new Standardisation(new double[features], ones);
    }

    /** Three classes by the largest of three linear functions of features whose scales differ. */
    private static LabelledRows planted(int size, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[][] rows = new float[size][FEATURES];
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < FEATURES; j++) {
                rows[i][j] = (float) ((random.nextUnit() - 0.5) * Math.pow(10, j - 2) + 100 * j);
            }
            double a = rows[i][0] * 100;
            double b = rows[i][1] * 10 - 10 * 100;
            double c = rows[i][2] - 200;
            labels[i] = (byte) (a > b && a > c ? 0 : b > c ? 1 : 2);
        }
        return new LabelledRows(rows, labels, 3);
    }

    private static LabelledRows shuffled(LabelledRows data) {
        byte[] labels = data.labels().clone();
        SplitMix64 random = new SplitMix64(data.size());
        for (int i = labels.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            byte kept = labels[i];
            labels[i] = labels[other];
            labels[other] = kept;
        }
        return new LabelledRows(data.rows(), labels, 3);
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + length * direction[i];
        }
        return to;
    }
}
