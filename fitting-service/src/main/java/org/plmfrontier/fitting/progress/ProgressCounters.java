package org.plmfrontier.fitting.progress;

import java.util.concurrent.atomic.LongAdder;

/** How the reading of provisional steps goes, since this process started. Thread-safe. */
public final class ProgressCounters {
    private final LongAdder undecodable = new LongAdder();
    private volatile long lag;

    /** Counts a record that was passed over. */
    public void undecodable() {
        undecodable.increment();
    }

    /** Notes how many records wait to be read. */
    public void lag(long records) {
        lag = records;
    }

    /** Records that could not be decoded. */
    public long undecodableRecords() {
        return undecodable.sum();
    }

    /** Records that waited to be read after the last poll. */
    public long lag() {
        return lag;
    }
}
