package org.plmfrontier.dataset.study;

import java.util.Map;
import java.util.Objects;

/**
 * A place in every partition of a topic.
 *
 * @param log the topic's own id: a topic that was deleted and made anew is another log
 * @param next partition to the first offset behind the place
 */
public record LogPosition(String log, Map<Integer, Long> next) {
    /** Where there is no topic. */
    public static final LogPosition NOWHERE = new LogPosition("", Map.of());

    public LogPosition {
        Objects.requireNonNull(log, "log");
        next = Map.copyOf(next);
    }

    /** Whether a log that is written up to here still has all that was written up to the other place. */
    public boolean reaches(LogPosition other) {
        return log.equals(other.log)
                && other.next.entrySet().stream()
                        .allMatch(place -> next.getOrDefault(place.getKey(), 0L) >= place.getValue());
    }
}
