package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/** Training of the modern block from its own first weights. */
class ModernTrainingTest {
    private static final int STEPS = 100;
    private static final int TAIL = 10;
    private static final int REPEATED = 8;
    /** Nats of a model that has learnt the frequencies of {@link Studies#records} and nothing else: 20 equal residues. */
    private static final double FREQUENCIES = Math.log(20);

    private static final List<TokenBatch> RECORDS = Studies.records("c", STEPS, 16, 32, 3);

    @ParameterizedTest
    @CsvSource({"MODERN,false,FP32", "MODERN,true,BF16", "MODERN_CAUSAL,true,FP32"})
    void theLossBeginsAtThatOfTheUniformFallsAndIsTheSameToTheBitAgain(
            Family family, boolean qkNorm, Precision precision) throws IOException {
        ModelShape plain = new ModelShape(family, 2, 32, 96, 2);
        ModelShape shape = qkNorm ? plain.withQkNorm() : plain;
        List<Double> curve = train(shape, precision, STEPS);
        assertThat(curve.getFirst()).isBetween(Math.log(29) - 0.1, Math.log(29) + 0.1);
        double last = curve.subList(STEPS - TAIL, STEPS).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        System.out.printf("%s qk-norm %s %s: %.3f -> %.3f nats%n", family, qkNorm, precision, curve.getFirst(), last);
        assertThat(last).as("more than the frequencies is learnt").isLessThan(FREQUENCIES - 0.2);
        assertThat(train(shape, precision, REPEATED)).isEqualTo(curve.subList(0, REPEATED));
    }

    private static List<Double> train(ModelShape shape, Precision precision, int steps) throws IOException {
        ModelSettings settings = new ModelSettings(shape, Optimizer.adamW()).withPrecision(precision);
        Objective objective = Objective.of(shape.family(), Masking.BERT, 1);
        List<Double> curve = new ArrayList<>();
        try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(5))) {
            for (TokenBatch record : RECORDS.subList(0, steps)) {
                PaddedBatch batch = PaddedBatch.of(objective.mask(record, record.index()), false);
                curve.add(model.micro(batch, 1.0 / batch.selected().length));
                model.apply(1e-2);
            }
        }
        return curve;
    }
}
