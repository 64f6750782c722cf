package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.DirectWriter;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedSlice;

/** Where a run is cut into slices changes none of its numbers: losses, norms and weights are equal to the bit. */
class CutsTest {
    private static final ModelShape SHAPE = ModelShape.esm2(2, 32, 2);
    private static final int STEPS = 60;
    private static final Lease LEASE = new Lease(0, 1);
    private static final List<TokenBatch> TRAINING = Studies.records("cuts", 7, 3, 24, 1);
    private static final List<TokenBatch> HELD_OUT = Studies.records("cuts", 2, 3, 24, 2);

    @TempDir
    Path folder;

    /** What a run came to. */
    private record Numbers(
            List<Double> losses, List<Double> norms, List<Double> heldOut, Map<String, ByteBuffer> state) {}

    @Test
    void aRunCutAtTwoAtTwentyAndNotAtAllIsOneRun() throws Exception {
        Numbers whole = train("whole", STEPS, 8);
        assertThat(whole.losses()).hasSize(STEPS).doesNotContain(0.0);
        assertThat(whole.heldOut()).hasSize(2);
        assertThat(train("fine", 2, 8)).isEqualTo(whole);
        assertThat(train("coarse", 20, 8)).isEqualTo(whole);
        assertThat(train("marked", 6, 8)).as("with states kept for evaluations").isEqualTo(whole);
        assertThat(new FolderCheckpoints(folder.resolve("marked"), "t").names("run"))
                .filteredOn(name -> name.contains(".kept"))
                .hasSize(5);
        assertThat(train("cold", 20, 1))
                .as("with its model read from a checkpoint in between")
                .isEqualTo(whole);
    }

    /** Each slice of a run with shards is trained by another process, with another number of devices. */
    @Test
    void aRunWithShardsIsOneRunOnHoweverManyDevicesItsSlicesAreTrained() throws Exception {
        Numbers alone = sharded("alone", 1, 1, 1);
        assertThat(alone.losses()).hasSize(STEPS / 3);
        assertThat(sharded("together", 3, 3, 3)).isEqualTo(alone);
        assertThat(sharded("moving", 2, 1, 4)).isEqualTo(alone);
    }

    private Numbers sharded(String name, int... devices) throws Exception {
        FolderCheckpoints store = new FolderCheckpoints(folder.resolve(name), "t");
        List<TrainingEvent> events = new ArrayList<>();
        RunSpec run = Studies.run(
                "s", "run", SHAPE, Studies.recipe(3).withShards(4), Studies.corpus("cuts", TRAINING, HELD_OUT), STEPS);
        CheckpointPointer pointer = null;
        for (BatchJob job : Studies.jobs(run, 21)) {
            EngineSettings settings = new EngineSettings(
                    1, Path.of("target", "engine"), Collections.nCopies(devices[(int) job.slice()], "cpu"));
            try (DjlTrainingEngine engine = DjlTrainingEngine.start(settings);
                    ResidentRuns runs = new ResidentRuns(8)) {
                pointer = slice(trainer(engine, store, runs), job, pointer, events);
            }
        }
        return numbers(events, store, pointer);
    }

    /** @param resident runs that stay on the device; with one, another run in between takes the place */
    private Numbers train(String name, int stepsPerSlice, int resident) throws Exception {
        FolderCheckpoints store = new FolderCheckpoints(folder.resolve(name), "t");
        List<TrainingEvent> events = new ArrayList<>();
        RunSpec run = run("run");
        CheckpointPointer pointer = null;
        CheckpointPointer between = null;
        try (ResidentRuns runs = new ResidentRuns(resident)) {
            SliceTrainer trainer = trainer(Engines.shared(), store, runs);
            List<BatchJob> others = Studies.jobs(run("other"), 1);
            for (BatchJob job : Studies.jobs(run, stepsPerSlice)) {
                List<Double> marks = name.equals("marked") && job.slice() % 2 == 0 ? List.of(20.0) : null;
                BatchJob cut =
                        new BatchJob(run, job.slice(), job.fromRecord(), job.toRecord(), job.expectedFlops(), marks);
                pointer = slice(trainer, cut, pointer, events);
                if (resident == 1) {
                    between = slice(trainer, others.get(job.slice()), between, new ArrayList<>());
                }
            }
        }
        return numbers(events, store, pointer);
    }

    private static Numbers numbers(List<TrainingEvent> events, FolderCheckpoints store, CheckpointPointer pointer)
            throws Exception {
        return new Numbers(
                of(events, StepCompleted.class).stream()
                        .map(StepCompleted::lossNats)
                        .toList(),
                of(events, StepCompleted.class).stream()
                        .map(StepCompleted::gradientNorm)
                        .toList(),
                of(events, HeldOutEvaluated.class).stream()
                        .map(HeldOutEvaluated::lossNats)
                        .toList(),
                state(store, pointer));
    }

    private static SliceTrainer trainer(TrainingEngine engine, FolderCheckpoints store, ResidentRuns runs) {
        return new SliceTrainer(
                new SliceTrainer.Device(engine, runs),
                new SliceTrainer.Storage(store, new MemoryTokenLog(TRAINING, HELD_OUT)),
                new SliceTrainer.HostMemory(1_000_000, 2),
                new RecordingObserver(),
                new Clock(Instant::now, System::nanoTime),
                "t");
    }

    private static CheckpointPointer slice(
            SliceTrainer trainer, BatchJob job, @Nullable CheckpointPointer pointer, List<TrainingEvent> events)
            throws Exception {
        SliceWatch goOn = () -> SliceWatch.Demand.GO_ON;
        try (TrainedSlice slice = DirectWriter.save(trainer.train(job, pointer, LEASE, goOn), goOn)) {
            slice.published();
            events.addAll(slice.report().events());
            return slice.report().pointer();
        }
    }

    private static RunSpec run(String id) {
        return Studies.run(
                "s", id, SHAPE, Studies.recipe(1), Studies.corpus("cuts", TRAINING, HELD_OUT), STEPS / 3, STEPS);
    }

    private static Map<String, ByteBuffer> state(FolderCheckpoints store, CheckpointPointer pointer) throws Exception {
        StateLayout layout = Networks.state(SHAPE);
        Map<String, ByteBuffer> tensors = new LinkedHashMap<>();
        try (SavedState state = store.open(pointer.checkpoint(), "run", layout)) {
            for (TensorSpec tensor : layout.all()) {
                tensors.put(tensor.name(), state.read(tensor));
            }
        }
        return tensors;
    }

    private static <T> List<T> of(List<TrainingEvent> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
