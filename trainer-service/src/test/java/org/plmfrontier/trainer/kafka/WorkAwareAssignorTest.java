package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.plmfrontier.stack.TestStack;

/** Groups of real consumers at a real broker, whose partitions have jobs that nobody takes. */
class WorkAwareAssignorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 6;
    private static final String BOTH =
            WorkAwareAssignor.class.getName() + "," + CooperativeStickyAssignor.class.getName();

    private final List<Member> members = new ArrayList<>();
    private final Set<Integer> withJobs = new TreeSet<>();
    private String servers;
    private String topic;

    /** A consumer on a thread of its own, which keeps what it is given in hand. */
    private final class Member implements AutoCloseable {
        private final JobPartitions partitions = new JobPartitions();
        private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
        private final Thread thread;
        private volatile Set<Integer> owned = Set.of();
        private volatile boolean over;

        Member(String assignors) {
            thread = Thread.ofPlatform().daemon().start(() -> poll(assignors));
            members.add(this);
        }

        private void poll(String assignors) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    servers,
                    "group.id",
                    topic,
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "heartbeat.interval.ms",
                    100,
                    "partition.assignment.strategy",
                    assignors);
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
                    @Override
                    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                        partitions.revoked(revoked);
                    }

                    @Override
                    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                        partitions.assigned(consumer, assigned);
                    }
                });
                while (!over) {
                    if (requests.poll() != null) {
                        consumer.enforceRebalance();
                    }
                    consumer.poll(Duration.ofMillis(20));
                    owned = consumer.assignment().stream()
                            .map(TopicPartition::partition)
                            .collect(Collectors.toCollection(TreeSet::new));
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
            members.remove(this);
        }
    }

    @BeforeEach
    void topic(TestInfo test) throws ExecutionException, InterruptedException {
        servers = TestStack.get().bootstrapServers();
        topic = "work-" + Math.abs(test.getDisplayName().hashCode());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void leave() throws InterruptedException {
        for (Member member : List.copyOf(members)) {
            member.close();
        }
    }

    @Test
    void theRunOfATrainerThatIsGoneGoesToOneThatHasNone() throws Exception {
        List<Member> others = new ArrayList<>(List.of(new Member(BOTH), new Member(BOTH), new Member(BOTH)));
        awaitSpread();
        Member gone = owner(0);
        others.remove(gone);
        Member working = others.getFirst();
        Member resting = others.getLast();
        jobs(0, 5);
        jobs(working.owned.iterator().next(), 5);
        gone.close();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(resting.owned).contains(0);
            assertThat(workOf(working)).hasSize(1);
        });
    }

    @Test
    void aTrainerThatComesGetsOneOfTwoRuns() throws Exception {
        jobs(3, 5);
        jobs(4, 5);
        Member one = new Member(BOTH);
        await().atMost(PATIENCE).until(() -> one.owned.size() == PARTITIONS);
        Member two = new Member(BOTH);
        awaitSpread();
        assertThat(workOf(one)).hasSize(1);
        assertThat(workOf(two)).hasSize(1);
    }

    @Test
    void aTrainerWithoutWorkAsksForOneOfSeveralRuns() throws Exception {
        Member one = new Member(BOTH);
        Member two = new Member(BOTH);
        awaitSpread();
        List<Integer> busy = List.copyOf(one.owned);
        jobs(busy.get(0), 5);
        jobs(busy.get(1), 5);
        KafkaSettings settings = StudyTopics.settings(servers, "trainer-two");
        try (WorkRequests ofOne = new WorkRequests(
                        settings, topic, one.partitions, () -> false, () -> one.requests.add("in vain"));
                WorkRequests ofTwo = new WorkRequests(
                        settings, topic, two.partitions, () -> false, () -> two.requests.add("work"))) {
            ofOne.start(Duration.ofMillis(50));
            ofTwo.start(Duration.ofMillis(50));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(workOf(one)).hasSize(1);
                assertThat(workOf(two)).hasSize(1);
            });
            Thread.sleep(300);
            assertThat(one.requests).as("it has work").isEmpty();
            assertThat(two.requests).as("it has got some").isEmpty();
        }
    }

    @Test
    void trainersOfAnEarlierVersionShareTheGroup() throws Exception {
        jobs(0, 5);
        Member old = new Member(CooperativeStickyAssignor.class.getName());
        await().atMost(PATIENCE).until(() -> old.owned.size() == PARTITIONS);
        Member young = new Member(BOTH);
        awaitSpread();
        old.close();
        await().atMost(PATIENCE).until(() -> young.owned.size() == PARTITIONS);
        jobs(1, 5);
        Member next = new Member(BOTH);
        awaitSpread();
        assertThat(workOf(next)).as("as only the new one shares them").hasSize(1);
        assertThat(workOf(young)).hasSize(1);
    }

    private void awaitSpread() {
        int each = PARTITIONS / members.size();
        await().atMost(PATIENCE)
                .until(() -> members.stream().allMatch(member -> member.owned.size() == each)
                        && members.stream()
                                        .flatMap(member -> member.owned.stream())
                                        .distinct()
                                        .count()
                                == PARTITIONS);
    }

    private Member owner(int partition) {
        return members.stream()
                .filter(member -> member.owned.contains(partition))
                .findFirst()
                .orElseThrow();
    }

    /** Partitions with jobs that a member owns. */
    private Set<Integer> workOf(Member member) {
        Set<Integer> work = new TreeSet<>(member.owned);
        work.retainAll(withJobs);
        return work;
    }

    private void jobs(int partition, int count) {
        withJobs.add(partition);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1}));
            }
        }
    }
}
