package org.plmfrontier.benchmarks.naive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.plmfrontier.benchmarks.step.Batches;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.parameter.InitialWeights;

/** The engine against a second, independent way of computing the same training. */
class NaiveEsm2Test {
    private static final Optimizer OPTIMIZER =
            new Optimizer(Optimizer.Decay.DECOUPLED, 0.9, 0.98, 1e-8, 0.01, Double.MAX_VALUE);
    private static final double RATE = 1e-3;
    private static final int STEPS = 12;
    private static final double ASKED = 2e-5;

    @Test
    void bothTrainTheSameModelStepByStep() throws IOException {
        ModelShape shape = ModelShape.esm2(2, 32, 4);
        InitialWeights start = new InitialWeights(5);
        EngineSettings settings = new EngineSettings(1, Path.of("target", "engine"));
        try (DjlTrainingEngine engine = DjlTrainingEngine.start(settings);
                ResidentModel model = engine.load(new ModelSettings(shape, OPTIMIZER), start);
                NaiveEsm2 naive = new NaiveEsm2(shape, OPTIMIZER, RATE, start)) {
            double first = 0;
            double last = 0;
            double widest = 0;
            for (int step = 0; step < STEPS; step++) {
                PaddedBatch batch = Batches.of(256, 32, 1 + step % 2);
                double loss = model.micro(batch, 1.0 / batch.selected().length);
                model.apply(RATE);
                widest = Math.max(widest, Math.abs(loss - naive.step(batch)));
                first = step == 0 ? loss : first;
                last = loss;
            }
            System.out.printf(
                    "%d steps, engine against plain DJL: asked %.0e, measured %.1e nats%n", STEPS, ASKED, widest);
            assertThat(widest).isCloseTo(0, within(ASKED));
            assertThat(last).isLessThan(first);
        }
    }
}
