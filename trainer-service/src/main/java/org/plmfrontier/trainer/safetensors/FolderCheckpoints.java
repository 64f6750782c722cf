package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.parameter.StateLayout;

/**
 * Checkpoints as {@code <run>/step-<step>-<trainer>.safetensors} below a folder, which several trainers may share. A file
 * is written beside its place, forced to the disk and renamed, so that a name never stands for half a state. Thread-safe
 * for different runs.
 */
public final class FolderCheckpoints implements CheckpointStore {
    private static final String SUFFIX = ".safetensors";

    private final Path folder;
    private final String trainer;

    /**
     * A store in a folder.
     *
     * @param trainer name of this trainer, part of every file name: a trainer that lost its partition without noticing
     *     cannot write over the new owner's file
     */
    public FolderCheckpoints(Path folder, String trainer) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.trainer = Objects.requireNonNull(trainer, "trainer");
    }

    @Override
    public String save(String runId, RunProgress progress, StateLayout layout, StateWriter state) throws IOException {
        String name = "%s/step-%012d-%s%s".formatted(runId, progress.step(), trainer, SUFFIX);
        Path file = folder.resolve(name);
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        Path parent = folder.resolve(runId);
        Files.createDirectories(parent);
        try (SafetensorsWriter writer =
                new SafetensorsWriter(beside, SafetensorsState.metadata(runId, progress), layout.all())) {
            state.writeTo(writer);
            writer.finish();
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parent);
        return name;
    }

    @Override
    public SavedState open(String name, String runId, StateLayout layout) throws CheckpointRefusedException {
        try {
            SafetensorsReader reader = SafetensorsReader.open(folder.resolve(name));
            try {
                return SafetensorsState.of(reader, runId, layout);
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new CheckpointRefusedException(name, "there is no such file in " + folder);
        } catch (IOException e) {
            throw new CheckpointRefusedException(name, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> names(String runId) throws IOException {
        Path parent = folder.resolve(runId);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> runId + "/" + file.getFileName())
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    @Override
    public void prune(String runId, Set<String> keep) throws IOException {
        for (String name : names(runId)) {
            if (!keep.contains(name)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    /** Makes the rename itself survive a crash. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
