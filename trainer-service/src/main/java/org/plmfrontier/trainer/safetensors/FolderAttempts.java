package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.plmfrontier.trainer.checkpoint.Attempts;

/**
 * Attempts as empty files {@code _attempts/<run>/<delivery>-<trainer>-<number>} beside the checkpoints. A file of its own per
 * attempt needs no lock among trainers, and a SIGKILL leaves it where it is. Older trainers pass the folder over.
 */
public final class FolderAttempts implements Attempts {
    /** No run has such an id. */
    static final String FOLDER = "_attempts";

    private final Path folder;
    private final String trainer;

    /**
     * Attempts of all trainers that share a folder.
     *
     * @param checkpoints folder of the checkpoints
     * @param trainer name of this trainer, part of every file name
     */
    public FolderAttempts(Path checkpoints, String trainer) {
        this.folder = Objects.requireNonNull(checkpoints, "checkpoints").resolve(FOLDER);
        this.trainer = Objects.requireNonNull(trainer, "trainer");
    }

    @Override
    public int open(String runId, String delivery) throws IOException {
        return (int) files(runId).stream()
                .filter(file -> file.getFileName().toString().startsWith(delivery + "-"))
                .count();
    }

    @Override
    public Attempt begin(String runId, String delivery) throws IOException {
        Path run = Files.createDirectories(folder.resolve(runId));
        for (int number = 0; ; number++) {
            Path file = run.resolve(delivery + "-" + trainer + "-" + number);
            try {
                Files.createFile(file);
                FolderCheckpoints.force(run);
                return () -> Files.deleteIfExists(file);
            } catch (FileAlreadyExistsException e) {
                continue; // an earlier process of this name did not end in order
            }
        }
    }

    @Override
    public void clear(String runId) throws IOException {
        for (Path file : files(runId)) {
            Files.deleteIfExists(file);
        }
        try {
            Files.deleteIfExists(folder.resolve(runId));
        } catch (DirectoryNotEmptyException e) {
            return; // another trainer has just begun
        }
    }

    private List<Path> files(String runId) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(runId))) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
