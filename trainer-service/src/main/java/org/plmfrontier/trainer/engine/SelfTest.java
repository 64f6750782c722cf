package org.plmfrontier.trainer.engine;

import java.io.IOException;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.parameter.InitialWeights;

/** A tiny model that must learn a record of one residue within a few steps: shows that the engine works at all. */
public final class SelfTest {
    private static final int STEPS = 20;
    private static final int LENGTH = 16;

    private SelfTest() {}

    /**
     * Runs the test, a few milliseconds.
     *
     * @throws IllegalStateException where the loss does not fall or is no number
     */
    public static void run(TrainingEngine engine) throws IOException {
        ModelSettings settings = new ModelSettings(ModelShape.esm2(1, 8, 2), Optimizer.adamW());
        PaddedBatch batch = PaddedBatch.of(new ResidueMasking(Masking.BERT, 1).mask(record(), 0), true);
        double weight = 1.0 / batch.selected().length;
        try (ResidentModel model = engine.load(settings, new InitialWeights(1))) {
            double first = model.evaluate(batch).total() * weight;
            for (int step = 0; step < STEPS; step++) {
                model.micro(batch, weight);
                model.apply(0.01);
            }
            double last = model.evaluate(batch).total() * weight;
            if (!(last < first)) {
                throw new IllegalStateException("the engine's self-test did not learn: loss " + first + " nats, after "
                        + STEPS + " steps " + last);
            }
        }
    }

    private static TokenBatch record() {
        byte[] tokens = new byte[LENGTH];
        java.util.Arrays.fill(tokens, Vocabulary.FIRST_RESIDUE);
        tokens[0] = Vocabulary.START;
        tokens[LENGTH - 1] = Vocabulary.END;
        return new TokenBatch("self-test", 0, tokens, new int[] {LENGTH});
    }
}
