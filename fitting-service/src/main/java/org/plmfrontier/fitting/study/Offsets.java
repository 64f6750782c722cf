package org.plmfrontier.fitting.study;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a log is read: per partition the offset after the last record. Immutable.
 *
 * @param next partition to offset; partitions of which nothing was read are absent
 */
public record Offsets(SortedMap<Integer, Long> next) {
    /** Nothing read. */
    public static final Offsets NONE = new Offsets(new TreeMap<>());

    public Offsets {
        next.forEach((partition, offset) -> {
            if (partition < 0 || offset < 0) {
                throw new IllegalArgumentException(
                        "partition and offset must not be negative, got " + partition + ":" + offset);
            }
        });
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /**
     * Reads what {@link #toString()} writes: {@code partition:offset,...}, or one offset alone for partition 0.
     *
     * @throws IllegalArgumentException where the text is something else
     */
    public static Offsets parse(String text) {
        if (text.matches("\\d{1,18}")) {
            return NONE.with(0, Long.parseLong(text));
        }
        if (!text.matches("\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*")) {
            throw new IllegalArgumentException(
                    "offsets must be one number or 'partition:offset,partition:offset', got '" + text + "'");
        }
        Offsets offsets = NONE;
        for (String one : text.split(",")) {
            String[] pair = one.split(":");
            offsets = offsets.with(Integer.parseInt(pair[0]), Long.parseLong(pair[1]));
        }
        return offsets;
    }

    /** These, and one partition at least as far as this. */
    public Offsets with(int partition, long offset) {
        return with(Map.of(partition, offset));
    }

    /** These, and each partition at least as far as there. */
    public Offsets with(Map<Integer, Long> further) {
        TreeMap<Integer, Long> more = new TreeMap<>(next);
        further.forEach((partition, offset) -> more.merge(partition, offset, Math::max));
        return new Offsets(more);
    }

    public boolean isEmpty() {
        return next.isEmpty();
    }

    /** Where to go on in a partition: 0 where nothing was read. */
    public long of(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    @Override
    public String toString() {
        if (next.size() == 1 && next.containsKey(0)) {
            return Long.toString(of(0));
        }
        return next.entrySet().stream()
                .map(one -> one.getKey() + ":" + one.getValue())
                .collect(Collectors.joining(","));
    }
}
