package org.plmfrontier.dataset.corpus;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.finding.Finding;

/** How far a build is; written by the building thread, read by any. Thread-safe. */
public final class BuildProgress {
    /** What is said of a build that was ended on request. */
    public static final String CANCELLED = "cancelled on request; ask for the corpus again to build it";

    private static final double NANOS = 1e9;

    /** What a build does at the moment. */
    public enum Phase {
        WAITING,
        READING,
        SELECTING,
        WRITING,
        DONE
    }

    /** When the phase began, what it has to do, and what was done of that before. */
    private record Stage(Phase phase, long startNanos, long amount, long before) {}

    private final long totalBytes;
    private final @Nullable BuildProgress sum;
    private final LongSupplier nanos;
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong sequences = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private volatile Stage stage;
    private volatile boolean cancelled;
    private volatile List<Finding> findings = List.of();

    /**
     * @param totalBytes bytes of all sources, as stored
     * @param sum counts the same over several builds; null for none
     * @param nanos time from any fixed moment, nanoseconds
     */
    public BuildProgress(long totalBytes, @Nullable BuildProgress sum, LongSupplier nanos) {
        this.totalBytes = totalBytes;
        this.sum = sum;
        this.nanos = nanos;
        this.stage = new Stage(Phase.WAITING, nanos.getAsLong(), 0, 0);
    }

    /** Without a clock: rates are not known. */
    public BuildProgress(long totalBytes, @Nullable BuildProgress sum) {
        this(totalBytes, sum, () -> 0);
    }

    /** Begins to read; some bytes were read by an earlier attempt. */
    void reading(long before) {
        readBytes.set(before);
        stage = new Stage(Phase.READING, nanos.getAsLong(), totalBytes, before);
    }

    /** Ends the build at the next thing it does. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** @throws BuildCancelledException where the build is to end */
    public void requireNotCancelled() {
        if (cancelled) {
            throw new BuildCancelledException();
        }
    }

    void selecting() {
        requireNotCancelled();
        stage = new Stage(Phase.SELECTING, nanos.getAsLong(), 0, 0);
    }

    /** Begins to write that many proteins. */
    void writing(long proteins) {
        requireNotCancelled();
        stage = new Stage(Phase.WRITING, nanos.getAsLong(), proteins, 0);
    }

    void done() {
        stage = new Stage(Phase.DONE, nanos.getAsLong(), 0, 0);
    }

    void read(long bytes) {
        requireNotCancelled();
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

    /** What was found in the sources so far. */
    void found(List<Finding> all) {
        findings = all;
    }

    /** Oddities of the sources that are read, and of the one that ended the build. */
    public List<Finding> findings() {
        return findings;
    }

    void protein() {
        requireNotCancelled();
        written.incrementAndGet();
    }

    void batch() {
        records.incrementAndGet();
    }

    public Phase phase() {
        return stage.phase();
    }

    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes of the sources read so far, as stored. */
    public long readBytes() {
        return readBytes.get();
    }

    /** Records of the sources seen so far by this attempt, those set apart included. */
    public long sequences() {
        return sequences.get();
    }

    /** Batches given to the sink so far. */
    public long records() {
        return records.get();
    }

    /** Bytes (while reading) or proteins (while writing) per second of this phase; empty where nothing can be said. */
    public OptionalDouble rate() {
        Stage now = stage;
        double seconds = (nanos.getAsLong() - now.startNanos()) / NANOS;
        long done = done(now) - now.before();
        return seconds > 0 && done > 0 ? OptionalDouble.of(done / seconds) : OptionalDouble.empty();
    }

    /** Seconds until this phase is over if it goes on as it did; empty where nothing can be said. */
    public OptionalDouble secondsLeft() {
        Stage now = stage;
        OptionalDouble rate = rate();
        return rate.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, now.amount() - done(now)) / rate.getAsDouble());
    }

    private long done(Stage now) {
        return switch (now.phase()) {
            case READING -> readBytes.get();
            case WRITING -> written.get();
            case WAITING, SELECTING, DONE -> 0;
        };
    }
}
