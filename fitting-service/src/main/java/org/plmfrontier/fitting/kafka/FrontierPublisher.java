package org.plmfrontier.fitting.kafka;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.runtime.digest.Sha256;

/** Publishes each study's frontier, keyed by study id, whenever it says something new. Thread-safe. */
@ApplicationScoped
public class FrontierPublisher {
    private final MutinyEmitter<byte[]> emitter;
    private final OwnTopics topics;
    private final Map<String, String> published = new ConcurrentHashMap<>();

    public FrontierPublisher(@Channel("frontier") MutinyEmitter<byte[]> emitter, OwnTopics topics) {
        this.emitter = emitter;
        this.topics = topics;
    }

    /** Returns when the broker has it. */
    public void publish(String studyId, FrontierView frontier) {
        byte[] encoded = WireFormat.encode(frontier);
        String digest = Sha256.hex(encoded);
        if (digest.equals(published.get(studyId))) {
            return;
        }
        topics.ensure(Topics.FRONTIER);
        OutgoingKafkaRecordMetadata<String> metadata =
                OutgoingKafkaRecordMetadata.<String>builder().withKey(studyId).build();
        emitter.sendMessageAndAwait(Message.of(encoded).addMetadata(metadata));
        published.put(studyId, digest);
    }

    /** Takes back what was published of a study: compaction then removes all of it. Returns when the broker has it. */
    public void retract(String studyId) {
        topics.ensure(Topics.FRONTIER);
        emitter.sendMessageAndAwait(KafkaRecord.<String, byte[]>of(studyId, null));
        published.remove(studyId);
    }
}
