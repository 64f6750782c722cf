package org.plmfrontier.dataset.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;

/** Topics in memory that can break. */
final class MemoryJobLog implements JobLog {
    final List<RunPlanned> announced = new ArrayList<>();
    final List<BatchJob> jobs = new ArrayList<>();
    final List<RunCommand> commands = new ArrayList<>();
    int limit = Integer.MAX_VALUE;

    @Override
    public int partitions() {
        return 3;
    }

    @Override
    public void announce(List<RunPlanned> runs) {
        announced.addAll(runs);
    }

    @Override
    public Set<JobKey> published(Collection<String> runIds) {
        return jobs.stream()
                .filter(job -> runIds.contains(job.run().runId()))
                .map(job -> new JobKey(job.run().runId(), job.slice()))
                .collect(Collectors.toSet());
    }

    @Override
    public void publish(List<BatchJob> added, Map<String, Integer> partitions) {
        for (BatchJob job : added) {
            if (jobs.size() >= limit) {
                throw new IllegalStateException("the broker is gone");
            }
            assert partitions.containsKey(job.run().runId());
            jobs.add(job);
        }
    }

    @Override
    public void command(RunCommand command) {
        commands.add(command);
    }
}
