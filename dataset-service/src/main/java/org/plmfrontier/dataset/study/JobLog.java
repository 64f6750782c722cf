package org.plmfrontier.dataset.study;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;

/** Where trainers and fitting learn of runs. Every method that writes returns when the broker has acknowledged. Thread-safe. */
public interface JobLog {
    /** A job on the topic, and the partition where it lies. */
    record Placed(BatchJob job, int partition) {}

    /** Partitions of the jobs topic, which is created where absent. */
    int partitions();

    /** Announces runs to all who read training events. */
    void announce(List<RunPlanned> runs);

    /** Tells all who read training events that these runs are deleted. */
    void delete(List<RunDeleted> runs);

    /** The jobs of these runs that are on the topic, in the order of each partition. */
    List<Placed> published(Collection<String> runIds);

    /**
     * How far the topic is written; empty while the broker does not say. It may be a few seconds old.
     *
     * @return a position in no log where there is no such topic
     */
    Optional<LogPosition> position();

    /** Creates whatever topic of the service is absent. */
    void ensure();

    /**
     * Publishes jobs in this order.
     *
     * @param partitions run id to partition
     */
    void publish(List<BatchJob> jobs, Map<String, Integer> partitions);

    void command(RunCommand command);
}
