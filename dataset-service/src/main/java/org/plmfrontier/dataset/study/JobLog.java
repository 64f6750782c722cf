package org.plmfrontier.dataset.study;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;

/** Where trainers and fitting learn of runs. Every method returns when the broker has acknowledged. Thread-safe. */
public interface JobLog {
    /**
     * One job on the topic.
     *
     * @param slice number of the slice within the run
     */
    record JobKey(String runId, int slice) {}

    /** Partitions of the jobs topic, which is created where absent. */
    int partitions();

    /** Announces runs to all who read training events. */
    void announce(List<RunPlanned> runs);

    /** Which jobs of these runs are on the topic already. */
    Set<JobKey> published(Collection<String> runIds);

    /**
     * Publishes jobs in this order.
     *
     * @param partitions run id to partition
     */
    void publish(List<BatchJob> jobs, Map<String, Integer> partitions);

    void command(RunCommand command);
}
