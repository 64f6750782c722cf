package org.plmfrontier.dataset.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.study.JobLog.Placed;

/** Reads the jobs topic from its beginning to its present end. Needed only where jobs may be missing on it. */
final class PublishedJobs {
    private PublishedJobs() {}

    static List<Placed> of(KafkaClients clients, int partitions, Collection<String> runIds) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.JOBS, partition))
                .toList();
        List<Placed> jobs = new ArrayList<>();
        try (Consumer<String, byte[]> reader = clients.reader()) {
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            while (all.stream().anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(clients.patience())) {
                    if (runIds.contains(record.key())) {
                        jobs.add(job(record));
                    }
                }
            }
        }
        return jobs;
    }

    private static Placed job(ConsumerRecord<String, byte[]> record) {
        try {
            return new Placed(WireFormat.decode(record.value(), BatchJob.class), record.partition());
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "a job at partition " + record.partition() + ", offset " + record.offset() + " is undecodable", e);
        }
    }
}
