package org.plmfrontier.trainer.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * One time during which this process owns a partition of jobs, from its assignment to its revocation; compared by
 * identity. Owning the partition again later is another tenure.
 */
final class Tenure {
    private final TopicPartition partition;
    private final int generation;

    Tenure(TopicPartition partition, int generation) {
        this.partition = partition;
        this.generation = generation;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Generation of the consumer group in which it began. */
    int generation() {
        return generation;
    }

    @Override
    public String toString() {
        return partition + " since generation " + generation;
    }
}
