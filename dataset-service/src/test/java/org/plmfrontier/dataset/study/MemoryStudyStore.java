package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.run.RunProgress;

/** Studies in memory. */
final class MemoryStudyStore implements StudyStore {
    private final LoadProfile profile;
    private final Map<String, StudyPlan> plans = new LinkedHashMap<>();
    private final Map<String, Study> studies = new LinkedHashMap<>();
    private final Map<String, RunProgress> progress = new HashMap<>();

    MemoryStudyStore(LoadProfile profile) {
        this.profile = profile;
    }

    @Override
    public LoadProfile profile(String corpusId) {
        return profile;
    }

    @Override
    public boolean add(StudyPlan plan, Instant at) {
        plans.put(plan.spec().id(), plan);
        studies.put(plan.spec().id(), new Study(plan.spec(), false, plan.expectedFlops(), at));
        plan.runs().forEach(run -> progress.put(run.runId(), RunProgress.planned(run.runId(), at)));
        return true;
    }

    @Override
    public void extend(StudyPlan plan, Instant at) {
        StudyPlan known = plans.get(plan.spec().id());
        Map<String, RunSpec> specs = plan.runs().stream().collect(Collectors.toMap(RunSpec::runId, run -> run));
        List<BatchJob> jobs = Stream.concat(known.jobs().stream(), plan.jobs().stream())
                .map(job -> new BatchJob(
                        specs.get(job.run().runId()),
                        job.slice(),
                        job.fromRecord(),
                        job.toRecord(),
                        job.expectedFlops()))
                .toList();
        plans.put(plan.spec().id(), new StudyPlan(plan.spec(), plan.runs(), plan.partitions(), jobs));
        studies.computeIfPresent(
                plan.spec().id(),
                (id, study) -> new Study(plan.spec(), false, plan.expectedFlops(), study.createdAt()));
        plan.runs().forEach(run -> progress.putIfAbsent(run.runId(), RunProgress.planned(run.runId(), at)));
    }

    @Override
    public void published(String studyId) {
        studies.computeIfPresent(
                studyId, (id, study) -> new Study(study.spec(), true, study.expectedFlops(), study.createdAt()));
    }

    @Override
    public Optional<Study> find(String studyId) {
        return Optional.ofNullable(studies.get(studyId));
    }

    @Override
    public List<Study> all() {
        return List.copyOf(studies.values());
    }

    @Override
    public List<StudyRun> runs(String studyId) {
        StudyPlan plan = plans.get(studyId);
        return plan.runs().stream().map(run -> studyRun(plan, run)).toList();
    }

    @Override
    public List<StudyRun> activeRuns() {
        return studies.keySet().stream()
                .flatMap(id -> runs(id).stream())
                .filter(run -> run.remainingFlops() > 0)
                .toList();
    }

    @Override
    public Backlog backlog() {
        double flops =
                activeRuns().stream().mapToDouble(StudyRun::remainingFlops).sum();
        return new Backlog(flops, 0, activeRuns().size());
    }

    @Override
    public Map<RunState, Long> runsByState() {
        return progress.values().stream().collect(Collectors.groupingBy(RunProgress::state, Collectors.counting()));
    }

    @Override
    public Optional<StudyRun> run(String runId) {
        return studies.keySet().stream()
                .flatMap(id -> runs(id).stream())
                .filter(run -> run.spec().runId().equals(runId))
                .findFirst();
    }

    @Override
    public List<BatchJob> jobs(String studyId) {
        return plans.get(studyId).jobs();
    }

    @Override
    public boolean advance(String runId, UnaryOperator<RunProgress> change) {
        return progress.computeIfPresent(runId, (id, before) -> change.apply(before)) != null;
    }

    private StudyRun studyRun(StudyPlan plan, RunSpec run) {
        int slices =
                (int) plan.jobs().stream().filter(job -> job.run().equals(run)).count();
        return new StudyRun(run, plan.partitions().get(run.runId()), slices, progress.get(run.runId()));
    }
}
