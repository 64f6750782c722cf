package org.plmfrontier.trainer.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How many jobs wait in each partition, the one in hand included, by what a group has committed. */
final class JobBacklog {
    /** A broker that does not answer by then is not asked. */
    static final int TIMEOUT_MS = 3_000;

    private JobBacklog() {}

    /**
     * Asks the broker.
     *
     * @throws ExecutionException where it refuses
     * @throws TimeoutException where it does not answer within {@value #TIMEOUT_MS} ms
     */
    static Map<TopicPartition, Long> of(Admin admin, String group, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
        var first = admin.listOffsets(all(partitions, OffsetSpec.earliest())).all();
        var end = admin.listOffsets(all(partitions, OffsetSpec.latest())).all();
        return of(
                committed.get(TIMEOUT_MS, TimeUnit.MILLISECONDS),
                first.get(TIMEOUT_MS, TimeUnit.MILLISECONDS),
                end.get(TIMEOUT_MS, TimeUnit.MILLISECONDS));
    }

    private static Map<TopicPartition, OffsetSpec> all(Collection<TopicPartition> partitions, OffsetSpec which) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
    }

    private static Map<TopicPartition, Long> of(
            Map<TopicPartition, @Nullable OffsetAndMetadata> committed,
            Map<TopicPartition, ListOffsetsResultInfo> first,
            Map<TopicPartition, ListOffsetsResultInfo> end) {
        Map<TopicPartition, Long> backlog = new HashMap<>();
        end.forEach((partition, last) -> {
            OffsetAndMetadata done = committed.get(partition);
            ListOffsetsResultInfo kept = first.get(partition);
            long from = Math.max(done == null ? 0 : done.offset(), kept == null ? 0 : kept.offset());
            backlog.put(partition, Math.max(0, last.offset() - from));
        });
        return backlog;
    }
}
