package org.plmfrontier.dataset.shuffle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

/**
 * A uniform random order of any number of sequences in bounded memory. Every ordinal has a random key that follows
 * from the seed; the order is the order of the keys. Sequences are spilled into files by the leading bits of their
 * keys; a file that fits in memory is sorted there, a larger one is split by the next bits. Not thread-safe.
 */
public final class SpillShuffle implements AutoCloseable {
    private final Path folder;
    private final long seed;
    private final long memoryBytes;
    private final SpillFiles files;

    /**
     * @param folder where to spill; created, and emptied of an earlier attempt
     * @param seed seed of the order
     * @param memoryBytes largest file that is sorted in memory
     * @throws IOException where the folder cannot be made
     */
    public SpillShuffle(Path folder, long seed, long memoryBytes) throws IOException {
        delete(folder);
        this.folder = Files.createDirectories(folder);
        this.seed = seed;
        this.memoryBytes = memoryBytes;
        this.files = new SpillFiles(folder, 0);
    }

    /**
     * Adds a sequence.
     *
     * @param ordinal number of the sequence, each once
     * @param tokens copied
     */
    public void add(long ordinal, byte[] tokens) throws IOException {
        files.add(key(ordinal), ordinal, tokens);
    }

    /** Gives all sequences in shuffled order, once; nothing can be added afterwards. */
    public void drain(SpilledSequence sink) throws IOException {
        drain(files, sink);
    }

    /** Deletes what was spilled. */
    @Override
    public void close() throws IOException {
        files.close();
        delete(folder);
    }

    private void drain(SpillFiles level, SpilledSequence sink) throws IOException {
        level.close();
        for (int bucket = 0; bucket < SpillFiles.BUCKETS; bucket++) {
            Path file = level.file(bucket);
            if (!Files.exists(file)) {
                continue;
            }
            if (Files.size(file) <= memoryBytes || !level.canSplit()) {
                SpillBucket.load(file, this::key).drain(sink);
                Files.delete(file);
            } else {
                split(level, bucket, sink);
            }
        }
    }

    private void split(SpillFiles level, int bucket, SpilledSequence sink) throws IOException {
        Path file = level.file(bucket);
        Path below = Files.createDirectories(file.resolveSibling(file.getFileName() + ".split"));
        try (SpillFiles parts = level.below(below)) {
            SpillBucket.stream(file, (ordinal, tokens) -> parts.add(key(ordinal), ordinal, tokens));
            Files.delete(file);
            drain(parts, sink);
        }
    }

    private long key(long ordinal) {
        return SplitMix.key(seed, Purpose.SHUFFLE, ordinal);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
