package org.plmfrontier.dataset.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.spill.SpillFolder;

/**
 * Where builds spill, a folder each. A process that was killed leaves its folders; the next that has the place for itself
 * deletes those with which nobody goes on. The place is held by a lock that the system releases with the process, so that
 * services that share it delete nothing of each other. Thread-safe.
 */
public final class WorkFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private @Nullable FileChannel held;

    public WorkFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder of one corpus. */
    Path of(String corpusId) {
        return folder.resolve(corpusId);
    }

    /** Deletes what the build of a corpus has spilled. */
    void free(String corpusId) throws IOException {
        SpillFolder.delete(of(corpusId));
    }

    /**
     * Deletes the folders of all corpora but some, unless another process uses the place.
     *
     * @throws UncheckedIOException where one cannot be deleted
     */
    synchronized void sweep(Set<String> wanted) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            if (!hold()) {
                return;
            }
            for (Path path : folders()) {
                if (!wanted.contains(path.getFileName().toString())) {
                    SpillFolder.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("leftovers in " + folder + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private boolean hold() throws IOException {
        if (held != null) {
            return true;
        }
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                held = channel;
                return true;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return false;
        }
        channel.close();
        return false;
    }

    /** Gives the place free. */
    @Override
    public synchronized void close() throws IOException {
        if (held != null) {
            held.close();
            held = null;
        }
    }
}
