package org.plmfrontier.trainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.CheckpointStoreContract;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;

class FolderCheckpointsTest extends CheckpointStoreContract {
    private static final StateLayout LAYOUT = Networks.state(ModelShape.esm2(1, 8, 2));
    private static final RunProgress PROGRESS = new RunProgress(12, 6, 4321, 0.1 + 0.2, 1e23);

    @TempDir
    Path folder;

    private FolderCheckpoints store;
    private Path file;
    private String name;

    @TempDir
    Path shared;

    @Override
    protected CheckpointStore storeOf(String trainer) {
        return new FolderCheckpoints(shared, trainer);
    }

    @BeforeEach
    void save() throws IOException {
        store = new FolderCheckpoints(folder, "trainer-a");
        name = save("run-1", PROGRESS);
        file = folder.resolve(name);
    }

    @Test
    void aStateIsOneFileNamedByStepAndTrainer() throws IOException {
        assertThat(name).isEqualTo("run-1/step-000000000006-trainer-a.safetensors");
        assertThat(Files.list(file.getParent())).containsExactly(file);
    }

    @Test
    void aFolderThatCannotBeMadeOrWrittenIsSaid() throws IOException {
        assertThat(store.notReadyReason()).isEmpty();
        assertThat(new FolderCheckpoints(file, "trainer-a").notReadyReason())
                .contains("checkpoints cannot be written: " + file + ": FileAlreadyExists");
        assertThat(new FolderCheckpoints(Path.of("/proc/1"), "trainer-a").notReadyReason())
                .contains("checkpoints cannot be written: /proc/1 is read-only for this process");
    }

    @Test
    void dataStartAlignedAsTheFormatAsks() throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            long data = Files.size(file) - reader.header().dataBytes();
            assertThat(data % 8).isZero();
            assertThat(reader.header().metadata()).containsEntry("run", "run-1").containsEntry("step", "6");
        }
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        SplitMix64 random = new SplitMix64(11);
        for (int i = 0; i < 300; i++) {
            int place = i < 100 ? i : random.nextInt(whole.length);
            byte[] damaged = whole.clone();
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> store.open(name, "run-1", LAYOUT))
                    .as("bit flipped in byte %d", place)
                    .isInstanceOf(CheckpointRefusedException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 997) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> store.open(name, "run-1", LAYOUT)).isInstanceOf(CheckpointRefusedException.class);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> store.open(name, "run-1", LAYOUT)).hasMessageContaining("its header says");
    }

    @Test
    void anotherShapeIsRefusedWithBothShapes() {
        StateLayout other = Networks.state(ModelShape.esm2(1, 16, 2));
        assertThatThrownBy(() -> store.open(name, "run-1", other))
                .hasMessageContaining("'embed_tokens.weight' is F32[29, 8]")
                .hasMessageContaining("F32[29, 16]");
        StateLayout deeper = Networks.state(ModelShape.esm2(2, 8, 2));
        assertThatThrownBy(() -> store.open(name, "run-1", deeper)).hasMessageContaining("'layers.1.");
    }

    @Test
    void anotherRunsStateAndAnAbsentOneAreRefused() {
        assertThatThrownBy(() -> store.open(name, "run-2", LAYOUT)).hasMessageContaining("run run-1, not of run run-2");
        assertThatThrownBy(() -> store.open("run-1/none.safetensors", "run-1", LAYOUT))
                .hasMessageContaining("no such file");
    }

    @Test
    void aWriteThatBreaksLeavesTheOldNameAlone() throws IOException {
        assertThatThrownBy(() -> store.save("run-1", PROGRESS, LAYOUT, sink -> {
                    sink.write(
                            LAYOUT.all().getFirst(),
                            new InitialWeights(9).read(LAYOUT.all().getFirst()));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(Files.list(file.getParent())).containsExactly(file);
        assertThat(store.names("run-1")).containsExactly(name);
    }

    @Test
    void statesThatNobodyCommittedAreCollectedOnceTheRunHasPassedThem() throws IOException {
        FolderCheckpoints lost = new FolderCheckpoints(folder, "lost");
        save(lost, "run-1", new RunProgress(14, 7, 1, 1, 1));
        Path half = Files.writeString(file.resolveSibling("step-000000000007-lost.safetensors.part"), "half");
        Path ahead = Files.writeString(file.resolveSibling("step-000000000009-lost.safetensors.part"), "half");
        Path own = Files.writeString(file.resolveSibling("step-000000000009-trainer-a.safetensors.part"), "half");
        Path foreign = Files.writeString(file.resolveSibling("notes.txt"), "not ours");
        String later = save("run-1", new RunProgress(16, 8, 1, 1, 1));
        store.prune("run-1", Set.of(name, later), Set.of());
        assertThat(store.names("run-1")).containsExactly(later, name);
        assertThat(half).doesNotExist();
        assertThat(own).doesNotExist();
        assertThat(ahead).exists();
        assertThat(foreign).exists();
    }

    @Test
    void aNewProcessSweepsWhatItsForerunnerLeftUnfinishedAndNothingElse() throws IOException {
        Path own = Files.writeString(file.resolveSibling("step-000000000009-trainer-a.safetensors.part"), "half");
        Path other = Files.writeString(file.resolveSibling("step-000000000009-trainer-b.safetensors.part"), "half");
        store.sweep();
        new FolderCheckpoints(folder.resolve("absent"), "t").sweep();
        assertThat(own).doesNotExist();
        assertThat(other).exists();
        assertThat(file).exists();
    }

    private String save(String runId, RunProgress progress) throws IOException {
        return save(store, runId, progress);
    }

    private static String save(FolderCheckpoints store, String runId, RunProgress progress) throws IOException {
        InitialWeights weights = new InitialWeights(3);
        return store.save(runId, progress, LAYOUT, sink -> {
            for (TensorSpec tensor : LAYOUT.all()) {
                sink.write(tensor, weights.read(tensor));
            }
        });
    }
}
