package org.plmfrontier.trainer.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.slice.TenureOverException;

/**
 * Which partitions of jobs this process owns, and the group's generation in which that was last true. Both change together,
 * on the polling thread, and are read together by the training thread: whoever still has a tenure here holds a generation
 * in which it was valid, and the broker refuses offsets of an older generation. Thread-safe.
 */
public final class JobPartitions {
    private static final Logger LOG = Logger.getLogger(JobPartitions.class);

    private final Map<TopicPartition, Tenure> tenures = new HashMap<>();
    private @Nullable ConsumerGroupMetadata group;

    /** Called after every rebalance, also when nothing was added. */
    public synchronized void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> added) {
        group = consumer.groupMetadata();
        for (TopicPartition partition : added) {
            tenures.put(partition, new Tenure(partition, group.generationId()));
        }
        LOG.infof("partitions added %s, owned now %s", added, tenures.keySet());
    }

    /** Revoked or lost: what is trained for them and not yet published never will be. */
    public synchronized void revoked(Collection<TopicPartition> partitions) {
        tenures.keySet().removeAll(partitions);
        LOG.infof("partitions revoked %s, owned now %s", partitions, tenures.keySet());
    }

    /**
     * The tenure to which a record belongs.
     *
     * @param generation of the group when the record was polled; a record polled in an earlier tenure belongs to none
     */
    synchronized Optional<Tenure> of(TopicPartition partition, int generation) {
        return Optional.ofNullable(tenures.get(partition)).filter(tenure -> generation >= tenure.generation());
    }

    /** How many are owned. */
    public synchronized int count() {
        return tenures.size();
    }

    /** Whether the partition is still owned. */
    synchronized boolean holds(Tenure tenure) {
        return tenures.get(tenure.partition()) == tenure;
    }

    /**
     * What a transaction must show the broker.
     *
     * @throws TenureOverException where the partition is no longer owned
     */
    synchronized ConsumerGroupMetadata proofOf(Tenure tenure) throws TenureOverException {
        if (group == null || !holds(tenure)) {
            throw new TenureOverException(tenure);
        }
        return group;
    }
}
