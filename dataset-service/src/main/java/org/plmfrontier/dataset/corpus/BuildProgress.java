package org.plmfrontier.dataset.corpus;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far a build is; written by the building thread, read by any. Thread-safe. */
public final class BuildProgress {
    /** What a build does at the moment. */
    public enum Phase {
        WAITING,
        READING,
        WRITING,
        DONE
    }

    private final long totalBytes;
    private final @Nullable BuildProgress sum;
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong sequences = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private volatile Phase phase = Phase.WAITING;

    /**
     * @param totalBytes bytes of all sources, as stored
     * @param sum counts the same over several builds; null for none
     */
    public BuildProgress(long totalBytes, @Nullable BuildProgress sum) {
        this.totalBytes = totalBytes;
        this.sum = sum;
    }

    void enter(Phase next) {
        phase = next;
    }

    void read(long bytes) {
        readBytes.addAndGet(bytes);
        if (sum != null) {
            sum.read(bytes);
        }
    }

    void sequence() {
        sequences.incrementAndGet();
        if (sum != null) {
            sum.sequence();
        }
    }

    void batch() {
        records.incrementAndGet();
    }

    public Phase phase() {
        return phase;
    }

    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes of the sources read so far, as stored. */
    public long readBytes() {
        return readBytes.get();
    }

    /** Records of the sources seen so far, those set apart included. */
    public long sequences() {
        return sequences.get();
    }

    /** Batches given to the sink so far. */
    public long records() {
        return records.get();
    }
}
