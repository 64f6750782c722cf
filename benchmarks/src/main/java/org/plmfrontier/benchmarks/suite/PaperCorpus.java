package org.plmfrontier.benchmarks.suite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.plmfrontier.contracts.topic.Topics;

/**
 * A corpus of the paper's size that nobody has to write: a small one whose manifest, loads and log are blown up. Its further
 * batches are empty, since virtual trainers read none.
 */
final class PaperCorpus {
    /** The upper end of the paper's batches. */
    private static final int BATCH_TOKENS = 50_000;

    /** Squared lengths per token: proteins of a UniRef50's mean and spread. */
    private static final long SQUARES_PER_TOKEN = 400;

    private PaperCorpus() {}

    /**
     * Blows up a corpus.
     *
     * @param database login address of the dataset service's database
     * @param tokens tokens of an epoch
     */
    static void enlarge(String servers, String database, String corpus, double tokens) throws SQLException {
        long records = (long) (tokens / BATCH_TOKENS);
        long before;
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            before = count(statement, corpus);
            statement.execute("update corpus_batch set tokens = " + BATCH_TOKENS
                    + ", sequences = 150, tokens_squared = " + BATCH_TOKENS * SQUARES_PER_TOKEN);
            statement.execute("insert into corpus_batch select '" + corpus + "', i, 150, " + BATCH_TOKENS + ", "
                    + BATCH_TOKENS * SQUARES_PER_TOKEN + " from generate_series(" + before + ", " + (records - 1)
                    + ") i");
            try (PreparedStatement update = connection.prepareStatement(
                    "update corpus set manifest = (manifest::jsonb || jsonb_build_object('records', ?, 'tokens', ?))::text"
                            + " where id = ?")) {
                update.setLong(1, records);
                update.setLong(2, records * BATCH_TOKENS);
                update.setString(3, corpus);
                update.executeUpdate();
            }
        }
        fill(servers, Topics.tokens(corpus), records - before);
    }

    private static long count(Statement statement, String corpus) throws SQLException {
        try (var rows =
                statement.executeQuery("select count(*) from corpus_batch where corpus_id = '" + corpus + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void fill(String servers, String topic, long records) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "batch.size", 262_144, "linger.ms", 20);
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, 0, null, empty));
            }
        }
    }
}
