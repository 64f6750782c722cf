package org.plmfrontier.fitting.study;

import java.util.List;
import java.util.function.Consumer;

/** The log that all events come from, as it can be read again from its beginning. */
public interface EventLog {
    /**
     * Passes on all decodable events before the offsets, each partition in its order, in batches of bounded size.
     *
     * @throws IllegalArgumentException where the log does not reach so far, or no longer holds its beginning
     * @throws IllegalStateException where the log does not answer in time
     */
    void read(Offsets until, Consumer<List<LoggedEvent>> batches);
}
