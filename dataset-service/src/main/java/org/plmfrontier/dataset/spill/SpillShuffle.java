package org.plmfrontier.dataset.spill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

/**
 * A uniform random order of any number of sequences in bounded memory. Every ordinal has a random key that follows
 * from the seed; the order is the order of the keys. Sequences are spilled into files by the leading bits of their
 * keys; a file that fits in memory is sorted there, a larger one is split by the next bits. What the folder holds of an
 * earlier attempt stays. Not thread-safe.
 */
public final class SpillShuffle implements AutoCloseable {
    private final long seed;
    private final long memoryBytes;
    private final SpillFiles files;

    /**
     * @param folder where to spill; created where absent
     * @param seed seed of the order
     * @param memoryBytes largest file that is sorted in memory
     * @throws IOException where the folder cannot be made
     */
    public SpillShuffle(Path folder, long seed, long memoryBytes) throws IOException {
        this.seed = seed;
        this.memoryBytes = memoryBytes;
        this.files = new SpillFiles(Files.createDirectories(folder), 0);
    }

    /**
     * Adds a sequence.
     *
     * @param ordinal number of the sequence, each once
     * @param residues residues of the whole protein
     * @param tokens copied
     */
    public void add(long ordinal, int residues, byte[] tokens) throws IOException {
        files.add(key(ordinal), ordinal, residues, tokens);
    }

    /** Writes to the files what waits in memory. */
    public void flush() throws IOException {
        files.flush();
    }

    /** Gives all sequences in shuffled order; nothing can be added afterwards. The files stay. */
    public void drain(SpilledSequence sink) throws IOException {
        files.leaves(
                memoryBytes,
                (ordinal, tokens) -> key(ordinal),
                file -> SpillBucket.load(file, this::key).drain(sink));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private long key(long ordinal) {
        return SplitMix.key(seed, Purpose.SHUFFLE, ordinal);
    }
}
