package org.plmfrontier.dataset.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.PlannedRun;
import org.plmfrontier.dataset.refusal.ConflictException;

/**
 * A study that the log has and the database does not. Submitted again with the same specification its runs go on
 * from where the log says they stand, with the jobs that still wait on the topic. Another specification under its id is
 * refused: trainers would go on from the checkpoints of the first.
 */
final class LostStudy {
    private final String id;
    private final Map<String, LoggedRun> runs;
    private final Map<String, List<JobLog.Placed>> jobs;

    /** @param jobs what the jobs topic holds of the runs */
    LostStudy(String id, List<LoggedRun> runs, List<JobLog.Placed> jobs) {
        this.id = id;
        this.runs = runs.stream().collect(Collectors.toMap(run -> run.spec().runId(), Function.identity()));
        this.jobs = jobs.stream()
                .collect(Collectors.groupingBy(placed -> placed.job().run().runId()));
    }

    /**
     * Refuses runs that are not those of the log.
     *
     * @param planned the runs of the study as it is submitted
     * @throws ConflictException where a run of the log is missing, or is another one; it names both
     */
    void require(List<RunSpec> planned) {
        List<String> conflicts = new ArrayList<>();
        for (LoggedRun logged : runs.values()) {
            conflict(logged.spec(), planned).ifPresent(conflicts::add);
        }
        if (!conflicts.isEmpty()) {
            throw new ConflictException("the log of training events holds study " + id + " with another specification: "
                    + String.join("; ", conflicts)
                    + ". Submit it as it was, or under another id");
        }
    }

    private Optional<String> conflict(RunSpec logged, List<RunSpec> planned) {
        for (RunSpec run : planned) {
            if (sameSpecification(logged, run)) {
                RunSpec alike = run.withReferences(logged.corpus().references()).withRunId(logged.runId());
                return alike.equals(logged) || alike.goesOnFrom(logged) || over(logged)
                        ? Optional.empty()
                        : Optional.of("run " + logged.runId() + " has budgets of " + tokens(logged) + " tokens there, "
                                + tokens(run) + " here");
            }
        }
        return planned.stream()
                .filter(run -> run.shape().equals(logged.shape()))
                .findFirst()
                .map(run -> "run " + logged.runId() + " there differs from run " + run.runId() + " here in "
                        + String.join(", ", run.differencesFrom(logged)))
                .or(() -> Optional.of("run " + logged.runId() + " of shape " + logged.shape() + " is not in this one"));
    }

    private boolean over(RunSpec logged) {
        LoggedRun run = runs.get(logged.runId());
        return run != null && run.over();
    }

    private static boolean sameSpecification(RunSpec logged, RunSpec run) {
        return logged.specification().equals(run.specification());
    }

    private static List<Double> tokens(RunSpec run) {
        return run.budgets().stream().map(RunSpec.Budget::tokens).toList();
    }

    /** Run id to what is planned of it: what is done, and the jobs that wait on the topic without a gap. */
    Map<String, PlannedRun> known(Map<String, Integer> fresh) {
        Map<String, PlannedRun> known = new HashMap<>();
        runs.forEach((runId, run) -> {
            List<BatchJob> waiting = waiting(run);
            int slices = waiting.isEmpty()
                    ? run.progress().lastSlice() + 1
                    : waiting.getLast().slice() + 1;
            long to = waiting.isEmpty() ? run.position() : waiting.getLast().toRecord();
            known.put(runId, new PlannedRun(run.spec(), partition(runId, fresh), slices, to, run.over()));
        });
        return known;
    }

    /** The jobs that wait on the topic, run by run. */
    List<BatchJob> waiting() {
        return runs.values().stream().flatMap(run -> waiting(run).stream()).toList();
    }

    /** Run id to where the log says that it stands. */
    Map<String, RunProgress> progress() {
        return runs.values().stream().collect(Collectors.toMap(run -> run.spec().runId(), LoggedRun::progress));
    }

    private int partition(String runId, Map<String, Integer> fresh) {
        List<JobLog.Placed> there = jobs.getOrDefault(runId, List.of());
        return there.isEmpty() ? fresh.getOrDefault(runId, 0) : there.getFirst().partition();
    }

    private List<BatchJob> waiting(LoggedRun run) {
        Map<Long, BatchJob> byStart = new HashMap<>();
        for (JobLog.Placed placed : jobs.getOrDefault(run.spec().runId(), List.of())) {
            byStart.put(placed.job().fromRecord(), placed.job());
        }
        List<BatchJob> chain = new ArrayList<>();
        long at = run.position();
        int slice = run.progress().lastSlice();
        for (BatchJob next = byStart.get(at); next != null && next.slice() > slice; next = byStart.get(at)) {
            BatchJob job = next.of(run.spec());
            chain.add(job);
            at = job.toRecord();
            slice = job.slice();
        }
        return chain;
    }
}
