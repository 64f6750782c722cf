package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * The token log of the topics. One consumer reads whichever corpus is asked for; what was polled ahead is kept until
 * another place is asked for. A record lies at the offset of its index, or behind it where a writer was interrupted.
 */
public final class KafkaTokenLog implements TokenLog, AutoCloseable {
    private static final int POLL_RECORDS = 64;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Duration patience;
    private final Deque<TokenBatch> ahead = new ArrayDeque<>();
    private TopicPartition open = new TopicPartition("", 0);

    public KafkaTokenLog(KafkaSettings settings) {
        this.patience = settings.waits().call();
        this.consumer = new KafkaConsumer<>(settings.reader("read_committed", POLL_RECORDS));
    }

    @Override
    public TokenBatch training(CorpusRef corpus, long index) throws TokenLogException {
        return read(corpus.id(), Topics.tokens(corpus.id()), index);
    }

    @Override
    public TokenBatch heldOut(CorpusRef corpus, long index) throws TokenLogException {
        return read(corpus.id(), Topics.heldOut(corpus.id()), index);
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }

    private TokenBatch read(String corpusId, String topic, long index) throws TokenLogException {
        TopicPartition place = new TopicPartition(topic, 0);
        if (!place.equals(open) || ahead.isEmpty() || ahead.getFirst().index() > index) {
            seek(place, index);
        }
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            while (!ahead.isEmpty()) {
                TokenBatch batch = ahead.removeFirst();
                if (batch.index() == index && batch.corpusId().equals(corpusId)) {
                    return batch;
                }
                if (batch.index() > index) {
                    throw new TokenLogException("topic " + topic + " holds no record " + index);
                }
            }
            poll(place, index, deadline);
        }
    }

    private void seek(TopicPartition place, long index) throws TokenLogException {
        ahead.clear();
        if (!place.equals(open)) {
            if (consumer.partitionsFor(place.topic()).isEmpty()) {
                throw new TokenLogException("there is no topic " + place.topic());
            }
            consumer.assign(List.of(place));
            open = place;
        }
        consumer.seek(place, index);
    }

    private void poll(TopicPartition place, long index, Instant deadline) throws TokenLogException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
            ahead.addLast(decode(record));
        }
        if (ahead.isEmpty()) {
            long end =
                    Objects.requireNonNull(consumer.endOffsets(List.of(place)).get(place));
            if (consumer.position(place) >= end) {
                throw new TokenLogException(
                        "topic " + place.topic() + " ends at offset " + end + " and holds no record " + index);
            }
            if (Instant.now().isAfter(deadline)) {
                throw new TimeoutException("no record of " + place + " within " + patience);
            }
        }
    }

    private static TokenBatch decode(ConsumerRecord<String, byte[]> record) throws TokenLogException {
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        try {
            return TokenBatch.decode(headers, record.value());
        } catch (IllegalArgumentException e) {
            throw new TokenLogException(
                    "record at offset " + record.offset() + " of topic " + record.topic() + ": " + e.getMessage(), e);
        }
    }
}
