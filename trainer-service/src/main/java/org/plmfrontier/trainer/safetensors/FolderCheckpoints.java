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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.checkpoint.StateNames;
import org.plmfrontier.trainer.checkpoint.StoredState;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;

/**
 * Checkpoints as {@code <run>/step-<step>[.kept]-<trainer>.safetensors} below a folder, which several trainers may share. A file
 * is written beside its place, forced to the disk and renamed, so that a name never stands for half a state. Thread-safe
 * for different runs.
 */
public final class FolderCheckpoints implements CheckpointStore {
    private static final String SUFFIX = ".safetensors";
    private static final String UNFINISHED = ".part";
    /** No run has such an id. */
    private static final String WEIGHTS = "_weights";

    private final Path folder;
    private final String trainer;
    private final Pattern own;

    /**
     * A store in a folder.
     *
     * @param trainer name of this trainer, part of every file name: a trainer that lost its partition without noticing
     *     cannot write over the new owner's file
     */
    public FolderCheckpoints(Path folder, String trainer) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.trainer = Objects.requireNonNull(trainer, "trainer");
        String name = Pattern.quote(trainer);
        this.own = Pattern.compile("step-\\d{12,18}(" + Pattern.quote(StateNames.KEPT) + ")?-" + name
                + Pattern.quote(SUFFIX + UNFINISHED) + "|import-" + name + "-\\d+\\" + UNFINISHED + "(\\.md)?");
    }

    @Override
    public String nameOf(String runId, RunProgress progress, boolean kept) {
        return "%s/step-%012d%s-%s%s".formatted(runId, progress.step(), kept ? StateNames.KEPT : "", trainer, SUFFIX);
    }

    @Override
    public void save(
            String name,
            String runId,
            RunProgress progress,
            @Nullable RunFacts facts,
            StateLayout layout,
            StateWriter state)
            throws IOException {
        Path file = folder.resolve(name);
        Path beside = file.resolveSibling(file.getFileName() + UNFINISHED);
        Path parent = folder.resolve(runId);
        Files.createDirectories(parent);
        try {
            try (SafetensorsWriter writer =
                    new SafetensorsWriter(beside, SafetensorsState.metadata(runId, progress, facts), layout.all())) {
                state.writeTo(writer);
                writer.finish();
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        force(parent);
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
    public List<String> runs() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(run -> run.getFileName().toString())
                    .filter(run -> !run.equals(WEIGHTS) && !run.equals(FolderAttempts.FOLDER))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Optional<StoredState> describe(String name) {
        try (SafetensorsReader reader = SafetensorsReader.open(folder.resolve(name))) {
            return SafetensorsState.describe(name, reader.header());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String keepWeights(ModelShape shape, TensorSource weights, String card) throws IOException {
        Path home = folder.resolve(WEIGHTS);
        Files.createDirectories(home);
        String name = new StoredWeights(home, trainer).keep(shape, weights, card);
        force(home);
        return name;
    }

    @Override
    public Optional<String> cardOf(String weights) throws IOException {
        return new StoredWeights(folder.resolve(WEIGHTS), trainer).card(weights);
    }

    @Override
    public SavedState openWeights(String name, ModelShape shape) throws CheckpointRefusedException {
        return new StoredWeights(folder.resolve(WEIGHTS), trainer).open(name, shape);
    }

    @Override
    public List<String> names(String runId) throws IOException {
        Path parent = folder.resolve(runId);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> runId + "/" + file.getFileName())
                    .filter(name -> name.endsWith(SUFFIX) && StateNames.stepOf(name) >= 0)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    @Override
    public void prune(String runId, Set<String> keep, Set<Long> keepSteps) throws IOException {
        for (String name : StateNames.passed(names(runId), keep, keepSteps)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        long newest = StateNames.newest(keep);
        for (Path file : unfinished(folder.resolve(runId))) {
            if (isOwn(file) || StateNames.stepOf(runId + "/" + file.getFileName()) <= newest) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void release(String runId, long step) throws IOException {
        for (String name : StateNames.keptAt(names(runId), step)) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    @Override
    public void remove(String runId) throws IOException {
        Path run = folder.resolve(runId);
        if (!Files.isDirectory(run)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(run)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(run);
        force(folder);
    }

    /** Why no checkpoint could be written, one line, as far as can be known without writing; empty where nothing is known. */
    public Optional<String> notReadyReason() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return Optional.of("checkpoints cannot be written: " + FailureSentence.of(e));
        }
        return Files.isWritable(folder)
                ? Optional.empty()
                : Optional.of("checkpoints cannot be written: " + folder + " is read-only for this process");
    }

    /** Deletes what an earlier process of this trainer left unfinished; only before the first state is written. */
    public void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> runs;
        try (Stream<Path> entries = Files.list(folder)) {
            runs = entries.filter(Files::isDirectory).toList();
        }
        for (Path run : runs) {
            for (Path file : unfinished(run)) {
                if (isOwn(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Whether this trainer writes such a file; the name of another one may end as this one's does. */
    private boolean isOwn(Path unfinished) {
        return own.matcher(unfinished.getFileName().toString()).matches();
    }

    private static List<Path> unfinished(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> file.toString().contains(UNFINISHED)).toList();
        }
    }

    /** Makes the rename itself survive a crash. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
