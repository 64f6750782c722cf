package org.plmfrontier.launcher.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.plmfrontier.contracts.wire.DeadLetterHeaders;

/** A record of a dead-letter topic: as it came, with reason and origin in headers. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
    /** Of a record that was sent back: where it lay. */
    public static final String REPLAYED_FROM = "replayed-from";

    /** Why it was refused; empty where nobody said. */
    public String reason() {
        return header(DeadLetterHeaders.REASON).orElse("");
    }

    /**
     * The topic it came from.
     *
     * @throws IllegalArgumentException where it does not say so
     */
    public String origin() {
        return header(DeadLetterHeaders.TOPIC)
                .orElseThrow(() -> new IllegalArgumentException("the record at " + place() + " has no header "
                        + DeadLetterHeaders.TOPIC + ", so nobody knows where it belongs"));
    }

    /** The record that it was; two services that cannot use a record dead-letter it twice. Its own place where it does not say. */
    String original() {
        return origin()
                + header(DeadLetterHeaders.PARTITION)
                        .flatMap(partition ->
                                header(DeadLetterHeaders.OFFSET).map(offset -> "/" + partition + "/" + offset))
                        .orElseGet(this::place);
    }

    /** Topic, partition and offset within the dead letters. */
    public String place() {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    /** The record as its origin had it, with a header that says where it lay meanwhile. */
    ProducerRecord<byte[], byte[]> sentBack() {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!DeadLetterHeaders.isOne(header.key()) && !header.key().equals(REPLAYED_FROM)) {
                headers.add(header);
            }
        }
        headers.add(REPLAYED_FROM, place().getBytes(StandardCharsets.UTF_8));
        Integer partition =
                header(DeadLetterHeaders.PARTITION).map(Integer::valueOf).orElse(null);
        return new ProducerRecord<>(origin(), partition, record.key(), record.value(), headers);
    }

    /** The same letter again, at the end of the dead letters. */
    ProducerRecord<byte[], byte[]> kept() {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
