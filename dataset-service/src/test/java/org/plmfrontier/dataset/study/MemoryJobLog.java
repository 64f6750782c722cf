package org.plmfrontier.dataset.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;

/** Topics in memory that can break. */
final class MemoryJobLog implements JobLog {
    final List<RunPlanned> announced = new ArrayList<>();
    final List<BatchJob> jobs = new ArrayList<>();
    final List<RunDeleted> deleted = new ArrayList<>();
    final List<RunCommand> commands = new ArrayList<>();
    final Map<String, Integer> partitions = new HashMap<>();
    int limit = Integer.MAX_VALUE;
    int deletionLimit = Integer.MAX_VALUE;
    int ensured;
    boolean answers = true;
    private String log = "jobs";

    @Override
    public int partitions() {
        return 3;
    }

    @Override
    public void announce(List<RunPlanned> runs) {
        announced.addAll(runs);
    }

    @Override
    public void delete(List<RunDeleted> runs) {
        for (RunDeleted run : runs) {
            if (deleted.size() >= deletionLimit) {
                throw new IllegalStateException("the broker is gone");
            }
            deleted.add(run);
        }
    }

    @Override
    public List<Placed> published(Collection<String> runIds) {
        return jobs.stream()
                .filter(job -> runIds.contains(job.run().runId()))
                .map(job -> new Placed(job, partitions.get(job.run().runId())))
                .toList();
    }

    @Override
    public Optional<LogPosition> position() {
        return answers ? Optional.of(new LogPosition(log, Map.of(0, (long) jobs.size()))) : Optional.empty();
    }

    @Override
    public void ensure() {
        ensured++;
    }

    /** The topic is deleted and made anew. */
    void lose() {
        jobs.clear();
        log += "'";
    }

    @Override
    public void publish(List<BatchJob> added, Map<String, Integer> places) {
        partitions.putAll(places);
        for (BatchJob job : added) {
            if (jobs.size() >= limit) {
                throw new IllegalStateException("the broker is gone");
            }
            assert places.containsKey(job.run().runId());
            jobs.add(job);
        }
    }

    @Override
    public void command(RunCommand command) {
        commands.add(command);
    }
}
