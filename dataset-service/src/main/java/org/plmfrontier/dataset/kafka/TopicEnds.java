package org.plmfrontier.dataset.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.plmfrontier.dataset.study.LogPosition;

/** How far a topic is written, asked for at most every few seconds. Thread-safe. */
final class TopicEnds {
    private static final Logger LOG = Logger.getLogger(TopicEnds.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final KafkaTopics topics;
    private final String topic;
    private final LongSupplier nanos;
    private Optional<LogPosition> known = Optional.empty();
    private long askedAt;
    private boolean asked;

    TopicEnds(KafkaTopics topics, String topic, LongSupplier nanos) {
        this.topics = topics;
        this.topic = topic;
        this.nanos = nanos;
    }

    /** Empty while the broker does not say. */
    synchronized Optional<LogPosition> position() {
        if (!asked || nanos.getAsLong() - askedAt > FRESH_NANOS) {
            known = ask();
            askedAt = nanos.getAsLong();
            asked = true;
        }
        return known;
    }

    /** The next answer is the broker's. */
    synchronized void forget() {
        asked = false;
    }

    private Optional<LogPosition> ask() {
        try {
            return Optional.of(topics.ends(topic));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.of(LogPosition.NOWHERE);
        } catch (KafkaException e) {
            LOG.debugf(e, "the broker does not say how far %s is written", topic);
            return Optional.empty();
        }
    }
}
