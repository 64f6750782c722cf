package org.plmfrontier.trainer.assignment;

/**
 * Ownership of one partition of jobs by this process, from its assignment to its revocation. Compared by identity: owning
 * the same partition again later is another lease, and what was trained under the first one is stale.
 */
public final class Lease {
    private final int partition;
    private final int generation;

    /**
     * A lease that begins now.
     *
     * @param partition of the topic of jobs
     * @param generation of the consumer group in which the partition was assigned
     */
    public Lease(int partition, int generation) {
        this.partition = partition;
        this.generation = generation;
    }

    public int partition() {
        return partition;
    }

    public int generation() {
        return generation;
    }

    @Override
    public String toString() {
        return "partition " + partition + " since generation " + generation;
    }
}
