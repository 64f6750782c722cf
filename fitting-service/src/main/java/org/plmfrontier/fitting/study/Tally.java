package org.plmfrontier.fitting.study;

import java.util.concurrent.atomic.LongAdder;

/** Counts of what came in since this process started. Thread-safe. */
public final class Tally {
    private final LongAdder events = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();

    /** Counts a batch of records, good and bad together. */
    public void received(int records) {
        events.add(records);
    }

    /** Counts records that went to the dead letters. */
    public void refused(int records) {
        deadLetters.add(records);
    }

    public long events() {
        return events.sum();
    }

    public long deadLetters() {
        return deadLetters.sum();
    }
}
