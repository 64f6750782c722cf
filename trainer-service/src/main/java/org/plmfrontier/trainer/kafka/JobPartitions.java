package org.plmfrontier.trainer.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.slice.LeaseLostException;

/**
 * Which partitions of jobs this process owns, and the group's generation in which that was last true. Both change together,
 * on the polling thread, and are read together by the training thread: whoever still has a lease here holds a generation
 * in which it was valid, and the broker refuses offsets of an older generation. Thread-safe.
 */
public final class JobPartitions {
    private static final Logger LOG = Logger.getLogger(JobPartitions.class);

    private final Map<Integer, Lease> leases = new HashMap<>();
    private @Nullable ConsumerGroupMetadata group;

    /** Called after every rebalance, also when nothing was added. */
    public synchronized void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> added) {
        group = consumer.groupMetadata();
        for (TopicPartition partition : added) {
            leases.put(partition.partition(), new Lease(partition.partition(), group.generationId()));
        }
        LOG.infof("partitions added %s, owned now %s", added, leases.keySet());
    }

    /** Revoked or lost: what is trained for them and not yet published never will be. */
    public synchronized void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> leases.remove(partition.partition()));
        LOG.infof("partitions revoked %s, owned now %s", partitions, leases.keySet());
    }

    /**
     * The lease to which a record belongs.
     *
     * @param generation of the group when the record was polled; a record polled in an earlier lease belongs to none
     */
    synchronized Optional<Lease> of(TopicPartition partition, int generation) {
        return Optional.ofNullable(leases.get(partition.partition())).filter(lease -> generation >= lease.generation());
    }

    /** The leases of all that are owned. */
    synchronized List<Lease> held() {
        return List.copyOf(leases.values());
    }

    /** Name of this member in its group, once it was in one. */
    synchronized Optional<String> memberId() {
        return Optional.ofNullable(group).map(ConsumerGroupMetadata::memberId);
    }

    /** How many are owned. */
    public synchronized int count() {
        return leases.size();
    }

    /** Whether the partition is still owned under this lease. */
    public synchronized boolean holds(Lease lease) {
        return leases.get(lease.partition()) == lease;
    }

    /**
     * What a transaction must show the broker.
     *
     * @throws LeaseLostException where the partition is no longer owned
     */
    synchronized ConsumerGroupMetadata proofOf(Lease lease) throws LeaseLostException {
        if (group == null || !holds(lease)) {
            throw new LeaseLostException(lease);
        }
        return group;
    }
}
