package org.plmfrontier.benchmarks.suite;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records of its topics a consumer group has not acknowledged yet, transaction markers among them. */
final class GroupLag implements AutoCloseable {
    private final Admin admin;
    private final String group;

    GroupLag(String servers, String group) {
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        this.group = group;
    }

    long records() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, ListOffsetsResultInfo> written = admin.listOffsets(
                        read.keySet().stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())))
                .all()
                .get();
        return written.entrySet().stream()
                .mapToLong(one -> one.getValue().offset() - read(read, one.getKey()))
                .sum();
    }

    private static long read(Map<TopicPartition, OffsetAndMetadata> read, TopicPartition partition) {
        return Objects.requireNonNull(read.get(partition)).offset();
    }

    @Override
    public void close() {
        admin.close();
    }
}
