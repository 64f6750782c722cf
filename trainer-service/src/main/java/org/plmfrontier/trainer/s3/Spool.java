package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.SavedState;

/** Files on their way to or from a bucket, each use in a folder of its own that is gone afterwards. Thread-safe. */
record Spool(Path home) {
    /** What is done with a folder. */
    @FunctionalInterface
    interface Use<T> {
        T in(Path folder) throws IOException;
    }

    /** Opens a state in a folder. */
    @FunctionalInterface
    interface Opening {
        SavedState in(Path folder) throws IOException, CheckpointRefusedException;
    }

    <T> T use(Use<T> use) throws IOException {
        Path folder = folder();
        try {
            return use.in(folder);
        } finally {
            delete(folder);
        }
    }

    /** The state that is opened; its file has no name any more and is gone once it is closed. */
    SavedState open(Opening opening) throws IOException, CheckpointRefusedException {
        Path folder = folder();
        try {
            return opening.in(folder);
        } finally {
            delete(folder);
        }
    }

    /** Deletes everything. */
    void clear() throws IOException {
        if (Files.isDirectory(home)) {
            delete(home);
        }
    }

    private Path folder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(home), "state-");
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
