package org.plmfrontier.trainer.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The channel of jobs: records to the handler on the training thread, rebalances to the table of partitions. */
@ApplicationScoped
@Identifier("jobs")
public class JobChannel implements KafkaConsumerRebalanceListener {
    private final JobHandler handler;
    private final JobPartitions partitions;

    JobChannel(JobHandler handler, JobPartitions partitions) {
        this.handler = handler;
        this.partitions = partitions;
    }

    /** Offsets are committed by the handler's transactions, never here. */
    @Incoming("jobs")
    @Blocking("trainer")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> consume(IncomingKafkaRecord<String, byte[]> message) throws InterruptedException {
        handler.handle(new JobRecord(
                new TopicPartition(message.getTopic(), message.getPartition()),
                message.getOffset(),
                message.getConsumerGroupGenerationId(),
                message.getKey(),
                message.getPayload()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> added) {
        partitions.assigned(consumer, added);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        partitions.revoked(revoked);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        partitions.revoked(lost);
    }
}
