package org.plmfrontier.trainer.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.runtime.retry.FailureSentence;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * The token log of the topics. One consumer reads whichever corpus is asked for; what was polled ahead is kept until
 * another place is asked for. A record lies at the offset of its index, or behind it where a writer was interrupted.
 *
 * <p>After any failure of a fetch the consumer is closed and the next read opens another one: a consumer keeps the fetch that
 * failed and would fail with it again when the log is long mended.
 */
public final class KafkaTokenLog implements TokenLog, AutoCloseable {
    private static final int POLL_RECORDS = 64;
    private static final TopicPartition NOTHING = new TopicPartition("", 0);

    private final KafkaSettings settings;
    private final Duration patience;
    private @Nullable KafkaConsumer<String, byte[]> consumer;
    private final Deque<TokenBatch> ahead = new ArrayDeque<>();
    private TopicPartition open = NOTHING;

    public KafkaTokenLog(KafkaSettings settings) {
        this.settings = settings;
        this.patience = settings.waits().call();
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
        KafkaConsumer<String, byte[]> last = consumer;
        consumer = null;
        open = NOTHING;
        ahead.clear();
        if (last != null) {
            last.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private TokenBatch read(String corpusId, String topic, long index) throws TokenLogException {
        TopicPartition place = new TopicPartition(topic, 0);
        boolean done = false;
        try {
            TokenBatch batch = read(corpusId, place, index);
            done = true;
            return batch;
        } catch (KafkaException e) {
            if (isAway(e)) {
                throw e;
            }
            throw new TokenLogException(
                    place + " cannot be read at offset " + position(place, index) + ": " + FailureSentence.of(e), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Whether the broker, and not what it holds, is to blame. A record that is corrupt counts as retriable there. */
    private static boolean isAway(KafkaException failure) {
        boolean corrupt =
                failure instanceof CorruptRecordException || failure.getCause() instanceof CorruptRecordException;
        return !corrupt
                && (failure instanceof RetriableException
                        || failure instanceof InterruptException
                        || failure instanceof AuthenticationException
                        || failure instanceof AuthorizationException);
    }

    /** How far the consumer came; the record that was asked for where it does not say. */
    private long position(TopicPartition place, long index) {
        KafkaConsumer<String, byte[]> last = consumer;
        try {
            return last == null ? index : Math.max(index, last.position(place, Duration.ZERO));
        } catch (KafkaException | IllegalStateException e) {
            return index;
        }
    }

    private TokenBatch read(String corpusId, TopicPartition place, long index) throws TokenLogException {
        KafkaConsumer<String, byte[]> reader = reader();
        if (!place.equals(open) || ahead.isEmpty() || ahead.getFirst().index() > index) {
            seek(reader, place, index);
        }
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            while (!ahead.isEmpty()) {
                TokenBatch batch = ahead.removeFirst();
                if (batch.index() == index && batch.corpusId().equals(corpusId)) {
                    return batch;
                }
                if (batch.index() > index) {
                    throw new TokenLogException("topic " + place.topic() + " holds no record " + index);
                }
            }
            poll(reader, place, index, deadline);
        }
    }

    private void seek(KafkaConsumer<String, byte[]> consumer, TopicPartition place, long index)
            throws TokenLogException {
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

    private KafkaConsumer<String, byte[]> reader() {
        KafkaConsumer<String, byte[]> reader = consumer;
        if (reader == null) {
            reader = new KafkaConsumer<>(settings.reader("read_committed", POLL_RECORDS));
            consumer = reader;
        }
        return reader;
    }

    private void poll(KafkaConsumer<String, byte[]> consumer, TopicPartition place, long index, Instant deadline)
            throws TokenLogException {
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
                    "record at offset " + record.offset() + " of " + record.topic() + "-" + record.partition() + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
