package org.plmfrontier.launcher.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.stack.TestStack;

/** Committed records of a real broker between offsets. */
class TopicReaderTest {
    private static final String SERVERS = TestStack.get().bootstrapServers();
    private static final String TOPIC = "read-in-steps";

    @Test
    void oneReaderReadsALogInSeveralStepsAlthoughPartitionsEndApart() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SERVERS), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 20; i++) {
                producer.send(new ProducerRecord<>(TOPIC, i % 2, null, new byte[] {(byte) i}))
                        .get();
            }
        }
        try (TopicReader reader = new TopicReader(TOPIC, Map.of("bootstrap.servers", SERVERS), 1)) {
            assertThat(reader.end()).isEqualTo(Offsets.parse("0:10,1:10"));
            List<String> read = new ArrayList<>();
            Offsets before = Offsets.NONE;
            for (String until : List.of("0:1,1:6", "0:9,1:6", "0:9,1:10", "0:10,1:10")) {
                reader.read(
                        before,
                        Offsets.parse(until),
                        batch -> batch.forEach(record -> read.add(record.partition() + ":" + record.offset())));
                before = Offsets.parse(until);
            }
            assertThat(read).hasSize(20).doesNotHaveDuplicates();
        }
    }
}
