package org.plmfrontier.launcher.verification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.plmfrontier.fitting.prediction.Prediction;
import org.plmfrontier.fitting.prediction.PredictionBook;
import org.plmfrontier.fitting.prediction.SealedPrediction;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.launcher.topic.TopicReader;

/**
 * What lies on the topic forecasts.
 *
 * @param first the record that counts of each run, stage and budget, in the order of the topic
 * @param repeated further records of these
 * @param setApart records that are no predictions
 */
record SealedRecords(List<SealedRecord> first, long repeated, long setApart) {

    static SealedRecords read(TopicReader topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        Offsets end = topic.end();
        if (!end.isEmpty()) {
            topic.read(topic.beginning(), end, all::addAll);
        }
        List<SealedRecord> first = new ArrayList<>();
        Set<Prediction.Key> keys = new HashSet<>();
        long repeated = 0;
        long setApart = 0;
        for (ConsumerRecord<byte[], byte[]> record : all) {
            Optional<SealedPrediction> decoded = PredictionBook.decode(record.value());
            if (decoded.isEmpty()) {
                setApart++;
            } else if (!keys.add(decoded.get().prediction().key())) {
                repeated++;
            } else {
                Instant at = Instant.ofEpochMilli(record.timestamp());
                first.add(new SealedRecord(record.offset(), at, record.value(), decoded.get()));
            }
        }
        return new SealedRecords(List.copyOf(first), repeated, setApart);
    }
}
