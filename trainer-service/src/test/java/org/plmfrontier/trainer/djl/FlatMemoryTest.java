package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/** Native memory over many steps and many models. */
@EnabledIf("org.plmfrontier.trainer.djl.ProcessMemory#readable")
class FlatMemoryTest {
    private static final int STEPS = 180;
    private static final int ROUNDS = 7;
    private static final int LEAKED_FLOATS = 16384;
    /** Half of what the planted leak loses at each step. */
    private static final long BYTES_PER_STEP = LEAKED_FLOATS * Float.BYTES / 2;

    @Test
    void memoryIsFlatOverStepsShapesAndModelsOpenedAndClosed() throws IOException {
        train(STEPS, () -> {});
        long lost = usual(() -> {});
        System.out.printf("memory: %d bytes per step over %d steps%n", lost, STEPS);
        assertThat(lost).isLessThan(BYTES_PER_STEP);
    }

    @Test
    void aLeakOfOneSmallTensorPerStepIsSeen() throws IOException {
        train(STEPS, () -> {});
        try (NDManager leak = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            List<NDArray> lostArrays = new ArrayList<>();
            long lost = usual(() -> lostArrays.add(leak.ones(new Shape(LEAKED_FLOATS))));
            System.out.printf("memory: %d bytes per step with a leak of %d%n", lost, 2 * BYTES_PER_STEP);
            assertThat(lostArrays).hasSize(ROUNDS * STEPS);
            assertThat(lost).isGreaterThan(BYTES_PER_STEP);
        }
    }

    @Test
    void closingARunFreesItsMemory() throws IOException {
        ModelSettings settings = new ModelSettings(Table4.byName().get("5M"), Optimizer.adamW());
        long tensors = 2 * Networks.of(settings.shape()).stepBytes();
        openAndClose(settings);
        long[] open = new long[ROUNDS];
        long[] closed = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = ProcessMemory.allocated();
            try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(1))) {
                train(model, Family.ESM2, 0);
                open[round] = ProcessMemory.allocated() - before;
            }
            closed[round] = ProcessMemory.allocated() - before;
        }
        System.out.printf("memory: open %.1f MB, closed %.1f MB%n", median(open) / 1e6, median(closed) / 1e6);
        assertThat(median(open)).isGreaterThan((long) (0.9 * tensors));
        assertThat(median(closed)).isLessThan(tensors / 20);
    }

    /** Of several rounds: the compiler of the virtual machine takes and gives back megabytes at any time. */
    private static long median(long[] rounds) {
        long[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Median of several rounds. */
    private static long usual(Runnable eachStep) throws IOException {
        long[] rounds = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rounds[round] = train(STEPS, eachStep);
        }
        return median(rounds);
    }

    /** Native bytes per step that are held behind the steps and were not before. */
    private static long train(int steps, Runnable eachStep) throws IOException {
        long before = ProcessMemory.allocated();
        List<ModelShape> shapes =
                List.of(ModelShape.esm2(2, 32, 2), ModelShape.causal(1, 24, 2), ModelShape.lstm(2, 16, 24));
        for (int done = 0; done < steps; done += steps / 6) {
            for (ModelShape shape : shapes) {
                ModelSettings settings = new ModelSettings(shape, Optimizer.adamW());
                try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(done))) {
                    for (int step = 0; step < steps / 18; step++) {
                        train(model, shape.family(), step);
                    }
                }
            }
        }
        for (int step = 0; step < steps; step++) {
            eachStep.run();
        }
        return (ProcessMemory.allocated() - before) / steps;
    }

    private static void openAndClose(ModelSettings settings) throws IOException {
        try (ResidentModel model = Engines.shared().load(settings, new InitialWeights(1))) {
            train(model, Family.ESM2, 0);
        }
    }

    private static void train(ResidentModel model, Family family, int step) {
        PaddedBatch batch = PaddedBatch.of(
                Objective.of(family, Masking.BERT, 1)
                        .mask(
                                Studies.records("c", 1, 1 + step % 4, 16 + 8 * (step % 8), step)
                                        .get(0),
                                step),
                family == Family.ESM2);
        model.micro(batch, 1.0 / batch.selected().length);
        model.apply(1e-4);
    }
}
