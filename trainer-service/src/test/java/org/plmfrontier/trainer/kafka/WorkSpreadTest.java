package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WorkSpreadTest {
    @Test
    void aRunWithoutATrainerGoesToOneThatHasNone() {
        Map<String, List<TopicPartition>> owned = Map.of("a", parts(0), "b", parts(1), "c", parts(2));
        assertThat(WorkSpread.of(owned, parts(0, 1, 2, 3), jobs(0, 5, 3, 5)))
                .as("a trains already, b and c do not")
                .containsEntry("b", parts(1, 3))
                .containsEntry("a", parts(0))
                .containsEntry("c", parts(2));
    }

    @Test
    void oneOfTwoRunsMovesToATrainerWithoutOneAndTheLongerStaysNowhere() {
        Map<String, List<TopicPartition>> owned = Map.of("a", parts(0, 1), "b", parts(2, 3));
        Map<String, List<TopicPartition>> spread = WorkSpread.of(owned, parts(0, 1, 2, 3), jobs(0, 40, 1, 7));
        assertThat(spread.get("a")).contains(part(1)).doesNotContain(part(0));
        assertThat(spread.get("b")).contains(part(0));
    }

    @Test
    void aRunWhoseJobsAreInHandIsNotMoved() {
        Map<String, List<TopicPartition>> owned = Map.of("a", parts(0, 1), "b", parts(2, 3));
        assertThat(WorkSpread.of(owned, parts(0, 1, 2, 3), jobs(0, 2, 1, 2))).isEqualTo(owned);
        assertThat(WorkSpread.isUneven(owned, jobs(0, 2, 1, 2))).isFalse();
        assertThat(WorkSpread.isUneven(owned, jobs(0, 3, 1, 2)))
                .as("one to move, one that stays in hand")
                .isFalse();
        assertThat(WorkSpread.isUneven(owned, jobs(0, 3, 1, 3))).isTrue();
        assertThat(WorkSpread.isUneven(owned, jobs(0, 3, 1, 3, 2, 1)))
                .as("nobody rests")
                .isFalse();
    }

    @Test
    void aTrainerThatComesGetsPartitionsWithoutJobsAndARunWhereOneHasTwo() {
        Map<String, List<TopicPartition>> owned = Map.of("a", parts(0, 1, 2), "b", parts(3, 4, 5), "new", parts());
        Map<String, List<TopicPartition>> spread =
                WorkSpread.of(owned, parts(0, 1, 2, 3, 4, 5), jobs(0, 9, 1, 8, 3, 9));
        assertThat(spread.get("new")).hasSize(2).contains(part(0));
        assertThat(spread.get("a")).contains(part(1)).hasSize(2);
        assertThat(spread.get("b")).contains(part(3)).hasSize(2);
    }

    @Test
    void aTrainerWithManyRunsThatAreNearlyDoneDoesNotHideOneThatCanGiveARunAway() {
        Map<String, List<TopicPartition>> owned = Map.of("a", parts(0, 1, 2), "b", parts(3, 4), "c", parts());
        Map<TopicPartition, Long> backlog = jobs(0, 1, 1, 2, 2, 1, 3, 9, 4, 8);
        assertThat(WorkSpread.isUneven(owned, backlog)).isTrue();
        assertThat(WorkSpread.of(owned, parts(0, 1, 2, 3, 4), backlog).get("c")).containsExactly(part(3));
    }

    @Test
    void whatIsAskedForIsGivenWhateverTheBacklog() {
        Random random = new Random(7);
        for (int study = 0; study < 5_000; study++) {
            List<TopicPartition> all =
                    parts(IntStream.range(0, 1 + random.nextInt(12)).toArray());
            Map<String, List<TopicPartition>> owned = new TreeMap<>();
            int members = 1 + random.nextInt(6);
            IntStream.range(0, members).forEach(i -> owned.put("m" + i, new ArrayList<>()));
            Map<TopicPartition, Long> backlog = new HashMap<>();
            for (TopicPartition partition : all) {
                owned.get("m" + random.nextInt(members)).add(partition);
                backlog.put(partition, (long) random.nextInt(6));
            }
            Map<String, List<TopicPartition>> spread = WorkSpread.of(owned, all, backlog);
            assertThat(WorkSpread.isUneven(spread, backlog))
                    .as("nobody asks again, or the group would never rest")
                    .isFalse();
            assertThat(WorkSpread.of(spread, all, backlog)).isEqualTo(spread);
        }
    }

    @Test
    void aGroupWithoutMembersHasNoShares() {
        assertThat(WorkSpread.of(Map.of(), parts(0, 1), Map.of())).isEmpty();
    }

    @Test
    void whateverIsOwnedEveryPartitionIsSharedOnceRunsEvenlyAndLittleMoves() {
        Random random = new Random(5);
        for (int study = 0; study < 2_000; study++) {
            int partitions = 1 + random.nextInt(20);
            List<TopicPartition> all = parts(IntStream.range(0, partitions).toArray());
            Map<String, List<TopicPartition>> owned = new TreeMap<>();
            int members = 1 + random.nextInt(8);
            IntStream.range(0, members).forEach(i -> owned.put("m" + i, new ArrayList<>()));
            Map<TopicPartition, Long> backlog = new HashMap<>();
            for (TopicPartition partition : all) {
                int owner = random.nextInt(members + 2);
                if (owner < members) {
                    owned.get("m" + owner).add(partition);
                }
                backlog.put(partition, random.nextBoolean() ? 0L : 3L + random.nextInt(50));
            }
            Map<String, List<TopicPartition>> spread = WorkSpread.of(owned, all, backlog);

            assertThat(spread.values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
            List<Long> working = spread.values().stream()
                    .map(its ->
                            its.stream().filter(part -> backlog.get(part) > 0).count())
                    .toList();
            assertThat(Collections.max(working) - Collections.min(working)).isLessThan(2);
            assertThat(WorkSpread.of(spread, all, backlog))
                    .as("what is spread stays")
                    .isEqualTo(spread);
            assertThat(WorkSpread.isUneven(spread, backlog)).isFalse();
            Set<TopicPartition> moved = new HashSet<>();
            owned.forEach((member, its) -> its.stream()
                    .filter(part -> backlog.get(part) > 0 && !spread.get(member).contains(part))
                    .forEach(moved::add));
            assertThat(moved.size())
                    .as("runs move only where one has two more than another")
                    .isLessThanOrEqualTo(excess(owned, backlog, members));
        }
    }

    /** Runs of members that have more than the even share, which is the fewest that can move, and one each for rounding. */
    private static int excess(Map<String, List<TopicPartition>> owned, Map<TopicPartition, Long> backlog, int members) {
        long runs = backlog.values().stream().filter(jobs -> jobs > 0).count();
        long share = runs / members;
        return Math.toIntExact(owned.values().stream()
                .mapToLong(its -> Math.max(
                        0, its.stream().filter(part -> backlog.get(part) > 0).count() - share))
                .sum());
    }

    private static TopicPartition part(int number) {
        return new TopicPartition("jobs", number);
    }

    private static List<TopicPartition> parts(int... numbers) {
        return IntStream.of(numbers).mapToObj(WorkSpreadTest::part).toList();
    }

    /** Partition, jobs, partition, jobs. */
    private static Map<TopicPartition, Long> jobs(int... pairs) {
        Map<TopicPartition, Long> jobs = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            jobs.put(part(pairs[i]), (long) pairs[i + 1]);
        }
        return jobs;
    }
}
