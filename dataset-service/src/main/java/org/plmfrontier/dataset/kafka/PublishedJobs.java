package org.plmfrontier.dataset.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.study.JobLog.JobKey;

/** Reads the jobs topic from its beginning to its present end. Needed only where a crash cut a publication off. */
final class PublishedJobs {
    private PublishedJobs() {}

    static Set<JobKey> of(KafkaClients clients, int partitions, Collection<String> runIds) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.JOBS, partition))
                .toList();
        Set<JobKey> keys = new HashSet<>();
        try (Consumer<String, byte[]> reader = clients.reader()) {
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            while (all.stream().anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofSeconds(1))) {
                    if (runIds.contains(record.key())) {
                        keys.add(key(record));
                    }
                }
            }
        }
        return keys;
    }

    private static JobKey key(ConsumerRecord<String, byte[]> record) {
        try {
            BatchJob job = WireFormat.decode(record.value(), BatchJob.class);
            return new JobKey(job.run().runId(), job.slice());
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "a job at partition " + record.partition() + ", offset " + record.offset() + " is undecodable", e);
        }
    }
}
