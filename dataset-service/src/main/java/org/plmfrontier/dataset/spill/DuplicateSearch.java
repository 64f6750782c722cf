package org.plmfrontier.dataset.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.plmfrontier.dataset.fingerprint.Fingerprint;
import org.plmfrontier.dataset.fingerprint.FingerprintSet;

/**
 * Finds which of any number of things come again, in bounded memory: their fingerprints are spilled into files by the
 * leading bits and looked through file by file. What the folder holds of an earlier attempt stays. Not thread-safe.
 */
public final class DuplicateSearch implements AutoCloseable {
    private final long memoryBytes;
    private final SpillFiles files;
    private final ByteBuffer payload = ByteBuffer.allocate(2 * Long.BYTES);

    /**
     * @param folder where to spill; created where absent
     * @param memoryBytes largest file that is looked through at once
     */
    public DuplicateSearch(Path folder, long memoryBytes) throws IOException {
        this.memoryBytes = memoryBytes;
        this.files = new SpillFiles(Files.createDirectories(folder), 0);
    }

    /**
     * Adds a thing.
     *
     * @param place where it is; places ascend
     */
    public void add(Fingerprint fingerprint, long place) throws IOException {
        payload.putLong(0, fingerprint.high()).putLong(Long.BYTES, fingerprint.low());
        files.add(fingerprint.high(), place, 0, payload.array());
    }

    /** Writes to the files what waits in memory. */
    public void flush() throws IOException {
        files.flush();
    }

    /** Gives the place of everything that an earlier place holds too, in no particular order. The files stay. */
    public void repetitions(LongConsumer sink) throws IOException {
        files.leaves(memoryBytes, (place, bytes) -> ByteBuffer.wrap(bytes).getLong(0), file -> {
            FingerprintSet seen = new FingerprintSet();
            SpillBucket.stream(file, (place, residues, bytes) -> {
                ByteBuffer both = ByteBuffer.wrap(bytes);
                if (!seen.add(both.getLong(0), both.getLong(Long.BYTES))) {
                    sink.accept(place);
                }
            });
        });
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
