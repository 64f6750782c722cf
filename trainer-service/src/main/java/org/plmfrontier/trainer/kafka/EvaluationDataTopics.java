package org.plmfrontier.trainer.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.runtime.digest.Sha256;
import org.plmfrontier.trainer.downstream.EvaluationFiles;

/** Files of evaluations, read from their topics once and kept in a folder by their digests. For one thread. */
public final class EvaluationDataTopics implements EvaluationFiles {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaSettings settings;
    private final Path folder;

    public EvaluationDataTopics(KafkaSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    @Override
    public Path of(EvaluationData file) throws IOException {
        Path kept = folder.resolve(file.sha256());
        if (Files.exists(kept) && Files.size(kept) == file.bytes()) {
            return kept;
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, file.sha256(), ".part");
        try {
            MessageDigest digest = Sha256.digest();
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                read(file, out);
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(file.sha256())) {
                throw new IOException(Topics.evaluationData(file.sha256()) + " holds another file, of digest " + found);
            }
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
            return kept;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void read(EvaluationData file, OutputStream out) throws IOException {
        TopicPartition topic = new TopicPartition(Topics.evaluationData(file.sha256()), 0);
        long deadline = System.nanoTime() + settings.waits().call().toNanos();
        try (KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(settings.reader("read_committed", 8))) {
            reader.assign(List.of(topic));
            reader.seek(topic, 0);
            long next = 0;
            while (next < file.parts()) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    if (record.offset() == next && next < file.parts()) {
                        out.write(record.value());
                        next++;
                        deadline = System.nanoTime() + settings.waits().call().toNanos();
                    }
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException(topic.topic() + " gives " + next + " of " + file.parts() + " parts");
                }
            }
        } catch (KafkaException e) {
            throw new IOException(topic.topic() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
