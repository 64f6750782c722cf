package org.plmfrontier.dataset.spill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of one level of a spill, one per value of the key's next {@value #BITS} bits, where there is one. What a
 * folder holds already stays and is added to. Not thread-safe.
 */
final class SpillFiles implements AutoCloseable {
    static final int BITS = 6;
    static final int BUCKETS = 1 << BITS;

    private final Path folder;
    private final int level;
    private final @Nullable SpillWriter[] writers = new SpillWriter[BUCKETS];

    /** Where an entry belongs; the leading bits count. */
    interface Key {
        long of(long ordinal, byte[] payload);
    }

    /** Takes a file that fits in memory, or that no further bit could split. */
    interface Leaf {
        void accept(Path file) throws IOException;
    }

    SpillFiles(Path folder, int level) {
        this.folder = folder;
        this.level = level;
    }

    void add(long key, long ordinal, int residues, byte[] payload) throws IOException {
        int bucket = (int) (key << (level * BITS) >>> (Long.SIZE - BITS));
        writer(bucket).add(ordinal, residues, payload);
    }

    void flush() throws IOException {
        for (SpillWriter writer : writers) {
            if (writer != null) {
                writer.flush();
            }
        }
    }

    /**
     * Gives all files in the order of their keys. Those larger than the memory are split by the next bits, into files
     * that are deleted again.
     */
    void leaves(long memoryBytes, Key key, Leaf leaf) throws IOException {
        close();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            Path file = file(bucket);
            if (!Files.exists(file)) {
                continue;
            }
            if (Files.size(file) <= memoryBytes || !canSplit()) {
                leaf.accept(file);
            } else {
                split(file, memoryBytes, key, leaf);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            SpillWriter writer = writers[bucket];
            if (writer != null) {
                writers[bucket] = null;
                writer.close();
            }
        }
    }

    private void split(Path file, long memoryBytes, Key key, Leaf leaf) throws IOException {
        Path below = Files.createDirectories(file.resolveSibling(file.getFileName() + ".split"));
        try (SpillFiles parts = new SpillFiles(below, level + 1)) {
            SpillBucket.stream(
                    file,
                    (ordinal, residues, payload) -> parts.add(key.of(ordinal, payload), ordinal, residues, payload));
            parts.leaves(memoryBytes, key, leaf);
        } finally {
            SpillFolder.delete(below);
        }
    }

    /** Whether the key has bits left that a level below could split by. */
    private boolean canSplit() {
        return (level + 2) * BITS <= Long.SIZE;
    }

    private Path file(int bucket) {
        return folder.resolve("%02d".formatted(bucket));
    }

    private SpillWriter writer(int bucket) throws IOException {
        SpillWriter writer = writers[bucket];
        if (writer == null) {
            writer = new SpillWriter(file(bucket));
            writers[bucket] = writer;
        }
        return writer;
    }
}
