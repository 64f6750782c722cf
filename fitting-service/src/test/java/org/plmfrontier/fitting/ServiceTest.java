package org.plmfrontier.fitting;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** What the tests of the running service have in common. */
@QuarkusTestResource(FittingStack.class)
public abstract class ServiceTest {
    protected static final Duration TIMEOUT = Duration.ofMinutes(3);

    @Inject
    protected Studies studies;

    @Inject
    protected Refitter refitter;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    protected String bootstrapServers;

    protected void publish(List<? extends TrainingEvent> events) {
        try (EventWriter writer = new EventWriter(bootstrapServers)) {
            writer.publish(events);
        }
    }

    /** Publishes a study as a whole and returns it once all of it is in and fitted. */
    protected Study publishAndAwait(PlantedStudy planted) {
        publish(planted.all());
        return awaitAll(planted);
    }

    /** The study once every step, every final and every state of the planted one is in and fitted. */
    protected Study awaitAll(PlantedStudy planted) {
        await().atMost(TIMEOUT)
                .until(() -> studies.find(planted.id())
                        .filter(study -> isWhole(study, planted))
                        .isPresent());
        Study study = studies.find(planted.id()).orElseThrow();
        await().atMost(TIMEOUT)
                .until(() -> refitter.fit(study)
                        .filter(fit -> fit.study().revision() >= study.revision())
                        .isPresent());
        return studies.find(planted.id()).orElseThrow();
    }

    private static boolean isWhole(Study study, PlantedStudy planted) {
        List<Run> runs = study.knownRuns();
        return runs.size() == planted.specs().size()
                && runs.stream().allMatch(run -> run.state().isFinal())
                && runs.stream()
                        .allMatch(run ->
                                run.curve().size() == run.spec().orElseThrow().endRecord() / 8)
                && runs.stream()
                        .allMatch(run -> run.curve().finals().size()
                                == run.spec().orElseThrow().budgets().size());
    }

    /** The first record of a topic, from its beginning, that has the key. */
    protected ConsumerRecord<String, byte[]> awaitRecord(String topic, String key) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "metadata.max.age.ms",
                500);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            return await().atMost(TIMEOUT).until(() -> poll(consumer, key), found -> found != null);
        }
    }

    private static ConsumerRecord<String, byte[]> poll(KafkaConsumer<String, byte[]> consumer, String key) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            if (key.equals(record.key())) {
                return record;
            }
        }
        return null;
    }
}
