package org.plmfrontier.trainer.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Who of a group gets which partition, so that the partitions with jobs are spread over its members, and then all of them. What
 * a member owns it keeps where the spread allows it: a run that moves is handed over and restored.
 */
final class WorkSpread {
    /** Jobs from which on a partition is worth moving: the one in hand, the one being saved, and one to come. */
    static final long WORTH_MOVING = 3;

    private static final Comparator<TopicPartition> BY_NUMBER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final Map<TopicPartition, Long> backlog;
    private final TreeMap<String, List<TopicPartition>> shares = new TreeMap<>();

    private WorkSpread(Map<TopicPartition, Long> backlog) {
        this.backlog = backlog;
    }

    /**
     * Spreads the partitions.
     *
     * @param owned member to what it owns; no partition is owned twice
     * @param partitions all that there are
     * @param backlog how many jobs each has; none where it is absent
     * @return member to its share, every partition in one of them
     */
    static Map<String, List<TopicPartition>> of(
            Map<String, List<TopicPartition>> owned,
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Long> backlog) {
        WorkSpread spread = new WorkSpread(backlog);
        owned.forEach((member, its) -> spread.shares.put(
                member,
                new ArrayList<>(its.stream().filter(partitions::contains).toList())));
        if (spread.shares.isEmpty()) {
            return Map.of();
        }
        spread.giveAway(partitions);
        spread.evenWork();
        spread.evenCounts();
        return new LinkedHashMap<>(spread.shares);
    }

    /**
     * Whether a member that has nothing to do should get one of the partitions of another one.
     *
     * @param owned member to what it owns
     */
    static boolean isUneven(Map<String, List<TopicPartition>> owned, Map<TopicPartition, Long> backlog) {
        boolean anyRests = owned.values().stream()
                .anyMatch(its -> its.stream().noneMatch(partition -> backlog.getOrDefault(partition, 0L) > 0));
        return anyRests
                && owned.values().stream()
                        .anyMatch(its -> its.stream()
                                        .filter(partition -> backlog.getOrDefault(partition, 0L) >= WORTH_MOVING)
                                        .count()
                                > 1);
    }

    /** Partitions of nobody: those with the most jobs first, each to the member with the fewest such. */
    private void giveAway(Collection<TopicPartition> partitions) {
        Map<TopicPartition, String> owners = new HashMap<>();
        shares.forEach((member, its) -> its.forEach(partition -> owners.put(partition, member)));
        partitions.stream()
                .filter(partition -> !owners.containsKey(partition))
                .sorted(Comparator.comparingLong(this::jobs).reversed().thenComparing(BY_NUMBER))
                .forEach(partition -> {
                    String least = jobs(partition) > 0 ? leastWorking() : leastOwning();
                    share(least).add(partition);
                });
    }

    private void evenWork() {
        while (true) {
            String least = leastWorking();
            Optional<String> most = shares.keySet().stream()
                    .filter(member -> working(member) - working(least) > 1)
                    .filter(member -> longest(member).isPresent())
                    .max(Comparator.comparingLong(this::working));
            if (most.isEmpty()) {
                return;
            }
            move(longest(most.get()).orElseThrow(), most.get(), least);
        }
    }

    /** What of a member's is worth moving and has the most jobs. */
    private Optional<TopicPartition> longest(String member) {
        return share(member).stream()
                .filter(partition -> jobs(partition) >= WORTH_MOVING)
                .max(Comparator.comparingLong(this::jobs).thenComparing(BY_NUMBER));
    }

    /** Only partitions without jobs move for the sake of their number. */
    private void evenCounts() {
        while (true) {
            String least = leastOwning();
            Optional<String> most = shares.keySet().stream()
                    .filter(member -> share(member).size() - share(least).size() > 1)
                    .filter(member -> share(member).size() > working(member))
                    .max(Comparator.comparingInt(member -> share(member).size()));
            if (most.isEmpty()) {
                return;
            }
            TopicPartition rests = share(most.get()).stream()
                    .filter(partition -> jobs(partition) == 0)
                    .max(BY_NUMBER)
                    .orElseThrow();
            move(rests, most.get(), least);
        }
    }

    private void move(TopicPartition partition, String from, String to) {
        share(from).remove(partition);
        share(to).add(partition);
    }

    private String leastWorking() {
        return member(Comparator.comparingLong(this::working)
                .thenComparingInt(member -> share(member).size()));
    }

    private String leastOwning() {
        return member(
                Comparator.comparingInt((String member) -> share(member).size()).thenComparingLong(this::working));
    }

    /** The first member by an order. */
    private String member(Comparator<String> order) {
        return shares.keySet().stream().min(order).orElseThrow();
    }

    private List<TopicPartition> share(String member) {
        return shares.getOrDefault(member, List.of());
    }

    private long working(String member) {
        return share(member).stream().filter(partition -> jobs(partition) > 0).count();
    }

    private long jobs(TopicPartition partition) {
        return backlog.getOrDefault(partition, 0L);
    }
}
