package org.plmfrontier.fitting.study;

import java.util.concurrent.atomic.LongAdder;

/** Counts of what came in since this process started, and how far the log is in memory. Thread-safe. */
public final class EventCounters {
    private final LongAdder events = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private volatile boolean behind;
    private volatile Offsets readTo = Offsets.NONE;

    /** Counts a batch of records, good and bad together. */
    public void received(int records) {
        events.add(records);
    }

    /** Counts records that went to the dead letters. */
    public void refused(int records) {
        deadLetters.add(records);
    }

    /** Tells whether there is more to read than one batch holds. */
    public void behind(boolean now) {
        behind = now;
    }

    /** Notes up to where the events of the log are in memory; another log may begin anew. */
    public void readTo(Offsets place) {
        readTo = place;
    }

    /** Whether all events before these offsets are in memory. */
    public boolean hasReadTo(Offsets place) {
        return place.next().entrySet().stream().allMatch(one -> readTo.of(one.getKey()) >= one.getValue());
    }

    /** Whether the service is catching up with the log. */
    public boolean isBehind() {
        return behind;
    }

    public long events() {
        return events.sum();
    }

    public long deadLetters() {
        return deadLetters.sum();
    }
}
