package org.plmfrontier.dataset.kafka;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;

/** The training proteins of corpora, as their token logs have them: cut to the length window. Thread-safe. */
public final class LoggedProteins {
    private final KafkaClients clients;

    public LoggedProteins(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Writes the training proteins of a corpus as FASTA under their ordinals.
     *
     * @throws IOException where the log or the disk cannot be used
     */
    public void write(String corpusId, Path fasta) throws IOException {
        TopicPartition log = new TopicPartition(Topics.tokens(corpusId), 0);
        try (BufferedWriter out = Files.newBufferedWriter(fasta);
                Consumer<String, byte[]> reader = clients.reader()) {
            reader.assign(List.of(log));
            reader.seekToBeginning(List.of(log));
            long end = reader.endOffsets(List.of(log)).getOrDefault(log, 0L);
            long protein = 0;
            while (reader.position(log) < end) {
                ConsumerRecords<String, byte[]> records = reader.poll(clients.patience());
                if (records.isEmpty()) {
                    throw new IOException(log + " gives nothing at offset " + reader.position(log) + " of " + end);
                }
                for (ConsumerRecord<String, byte[]> record : records) {
                    protein =
                            write(TokenBatch.decode(RecordHeaders.map(record.headers()), record.value()), protein, out);
                }
            }
        } catch (KafkaException e) {
            throw new IOException(log + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static long write(TokenBatch batch, long first, BufferedWriter out) throws IOException {
        long protein = first;
        int at = 0;
        for (int length : batch.lengths()) {
            out.write(">" + protein++);
            out.newLine();
            for (int i = at; i < at + length; i++) {
                byte token = batch.tokens()[i];
                if (Vocabulary.isResidue(token)) {
                    out.write(Vocabulary.letterOf(token));
                }
            }
            out.newLine();
            at += length;
        }
        return protein;
    }
}
