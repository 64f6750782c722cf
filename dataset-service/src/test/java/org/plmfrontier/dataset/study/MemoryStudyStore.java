package org.plmfrontier.dataset.study;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.StudyPlan;

/** Studies in memory. */
final class MemoryStudyStore implements StudyStore {
    private final Map<String, LoadProfile> profiles = new HashMap<>();
    private final Map<String, StudyPlan> plans = new LinkedHashMap<>();
    private final Map<String, Study> studies = new LinkedHashMap<>();
    private final Map<String, RunProgress> progress = new HashMap<>();
    private final Map<String, RunSpec> logged = new LinkedHashMap<>();
    private final Map<String, Double> speeds = new HashMap<>();
    private final Map<String, LogPosition> readTo = new HashMap<>();
    private final Map<String, Deletion> deletions = new LinkedHashMap<>();
    private final Map<String, String> deletedRuns = new HashMap<>();

    MemoryStudyStore() {}

    /** With one corpus, {@code ready}. */
    MemoryStudyStore(LoadProfile profile) {
        profile("ready", profile);
    }

    void profile(String corpusId, LoadProfile profile) {
        profiles.put(corpusId, profile);
    }

    @Override
    public LoadProfile profile(String corpusId) {
        return Objects.requireNonNull(profiles.get(corpusId), corpusId);
    }

    @Override
    public boolean add(StudyPlan plan, Map<String, RunProgress> known, Instant at) {
        if (studies.containsKey(plan.spec().id())) {
            return false;
        }
        plans.put(plan.spec().id(), plan);
        studies.put(plan.spec().id(), new Study(plan.spec(), false, plan.expectedFlops(), at, null));
        plan.runs()
                .forEach(run -> progress.put(
                        run.runId(), known.getOrDefault(run.runId(), RunProgress.planned(run.runId(), at))));
        logged.values().removeIf(run -> run.studyId().equals(plan.spec().id()));
        return true;
    }

    /** Loses all studies, as a backup that is older than they are. */
    void lose() {
        plans.clear();
        studies.clear();
        progress.clear();
        readTo.clear();
        deletions.clear();
        deletedRuns.clear();
    }

    @Override
    public void extend(StudyPlan plan, Instant at) {
        StudyPlan known = plans.get(plan.spec().id());
        Map<String, RunSpec> specs = plan.runs().stream().collect(Collectors.toMap(RunSpec::runId, run -> run));
        List<BatchJob> jobs = Stream.concat(known.jobs().stream(), plan.jobs().stream())
                .map(job -> job.of(specs.get(job.run().runId())))
                .toList();
        plans.put(plan.spec().id(), new StudyPlan(plan.spec(), plan.runs(), plan.partitions(), jobs));
        studies.computeIfPresent(
                plan.spec().id(),
                (id, study) -> new Study(plan.spec(), false, plan.expectedFlops(), study.createdAt(), null));
        plan.runs().forEach(run -> progress.putIfAbsent(run.runId(), RunProgress.planned(run.runId(), at)));
    }

    @Override
    public void published(String studyId, LogPosition jobsTo) {
        studies.computeIfPresent(
                studyId,
                (id, study) -> new Study(study.spec(), true, study.expectedFlops(), study.createdAt(), jobsTo));
    }

    @Override
    public Optional<Study> find(String studyId) {
        return Optional.ofNullable(studies.get(studyId)).filter(study -> !deletions.containsKey(studyId));
    }

    @Override
    public List<Study> all() {
        return studies.values().stream()
                .filter(study -> !deletions.containsKey(study.id()))
                .toList();
    }

    @Override
    public List<StudyRun> runs(String studyId) {
        StudyPlan plan = plans.get(studyId);
        return plan == null
                ? List.of()
                : plan.runs().stream().map(run -> studyRun(plan, run)).toList();
    }

    @Override
    public List<StudyRun> activeRuns() {
        return shownRuns().filter(StudyRun::isActive).toList();
    }

    @Override
    public List<StudyRun> runsToCut() {
        return activeRuns().stream()
                .filter(run -> run.plannedTo() < run.spec().endRecord())
                .toList();
    }

    @Override
    public void cut(String studyId, List<BatchJob> slices) {
        StudyPlan known = plans.get(studyId);
        List<BatchJob> jobs =
                Stream.concat(known.jobs().stream(), slices.stream()).toList();
        plans.put(studyId, new StudyPlan(known.spec(), known.runs(), known.partitions(), jobs));
        studies.computeIfPresent(
                studyId, (id, study) -> new Study(study.spec(), false, study.expectedFlops(), study.createdAt(), null));
    }

    @Override
    public void measured(Map<String, Double> flopsPerSecond) {
        flopsPerSecond.forEach((run, speed) -> {
            if (run(run).isPresent()) {
                speeds.put(run, speed);
            }
        });
    }

    @Override
    public Map<String, Double> measured(int most) {
        return speeds.entrySet().stream()
                .sorted(Comparator.comparing(
                        speed -> progress.get(speed.getKey()).updatedAt(), Comparator.reverseOrder()))
                .limit(most)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<RunState, Long> runsByState() {
        return shownRuns().collect(Collectors.groupingBy(run -> run.progress().state(), Collectors.counting()));
    }

    @Override
    public Optional<StudyRun> run(String runId) {
        return shownRuns().filter(run -> run.spec().runId().equals(runId)).findFirst();
    }

    private Stream<StudyRun> shownRuns() {
        return all().stream().flatMap(study -> runs(study.id()).stream());
    }

    @Override
    public List<BatchJob> jobs(String studyId) {
        StudyPlan plan = plans.get(studyId);
        return plan == null ? List.of() : plan.jobs();
    }

    @Override
    public Set<String> take(
            Collection<RunDeleted> deleted,
            Collection<RunPlanned> announced,
            Map<String, UnaryOperator<RunProgress>> changes,
            LogPosition behind) {
        deleted.forEach(this::delete);
        Map<String, RunProgress> changed = new HashMap<>(progress);
        Map<String, RunSpec> kept = new LinkedHashMap<>(logged);
        for (RunPlanned run : announced) {
            if (!isPlanned(run.runId()) && !deletedRuns.containsKey(run.runId())) {
                kept.put(run.runId(), run.run());
                changed.putIfAbsent(run.runId(), RunProgress.planned(run.runId(), run.at()));
            }
        }
        Set<String> unknown = changes.keySet().stream()
                .filter(id -> !deletedRuns.containsKey(id))
                .filter(id -> changed.computeIfPresent(
                                id, (run, before) -> changes.get(run).apply(before))
                        == null)
                .collect(Collectors.toSet());
        progress.putAll(changed);
        logged.putAll(kept);
        readTo.merge(behind.log(), behind, MemoryStudyStore::further);
        return unknown;
    }

    private boolean isPlanned(String runId) {
        return plans.values().stream()
                .flatMap(plan -> plan.runs().stream())
                .anyMatch(run -> run.runId().equals(runId));
    }

    private void delete(RunDeleted deleted) {
        String id = deleted.runId();
        Optional<StudyPlan> plan = plans.values().stream()
                .filter(known -> known.partitions().containsKey(id))
                .findFirst();
        String study = plan.map(known -> known.spec().id()).orElse(deleted.studyId());
        if (plan.isPresent() && studies.get(study).createdAt().isAfter(deleted.at())) {
            return;
        }
        plan.ifPresent(known -> plans.put(study, without(known, id)));
        forget(id, study);
        if (plan.isPresent() && plans.get(study).runs().isEmpty()) {
            remove(study);
        }
    }

    private static StudyPlan without(StudyPlan plan, String runId) {
        return new StudyPlan(
                plan.spec(),
                plan.runs().stream().filter(run -> !run.runId().equals(runId)).toList(),
                plan.partitions(),
                plan.jobs().stream()
                        .filter(job -> !job.run().runId().equals(runId))
                        .toList());
    }

    private void forget(String runId, String study) {
        progress.remove(runId);
        logged.remove(runId);
        speeds.remove(runId);
        deletedRuns.put(runId, study);
    }

    @Override
    public void begin(Deletion deletion) {
        deletions.putIfAbsent(deletion.studyId(), deletion);
    }

    @Override
    public List<Deletion> deletions() {
        return List.copyOf(deletions.values());
    }

    @Override
    public void remove(String studyId) {
        Stream.concat(
                        runs(studyId).stream().map(StudyRun::spec),
                        loggedRuns(studyId).stream().map(LoggedRun::spec))
                .toList()
                .forEach(run -> forget(run.runId(), studyId));
        plans.remove(studyId);
        studies.remove(studyId);
        deletions.remove(studyId);
    }

    @Override
    public Set<String> deletedRuns(String studyId) {
        return deletedRuns.keySet().stream()
                .filter(run -> deletedRuns.get(run).equals(studyId))
                .collect(Collectors.toSet());
    }

    private static LogPosition further(LogPosition one, LogPosition other) {
        Map<Integer, Long> next = new HashMap<>(one.next());
        other.next().forEach((partition, offset) -> next.merge(partition, offset, Math::max));
        return new LogPosition(one.log(), next);
    }

    @Override
    public LogPosition readTo(String log) {
        return readTo.getOrDefault(log, new LogPosition(log, Map.of()));
    }

    @Override
    public List<LoggedRun> loggedRuns(String studyId) {
        return logged.values().stream()
                .filter(run -> run.studyId().equals(studyId))
                .map(run -> new LoggedRun(run, progress.get(run.runId())))
                .toList();
    }

    private StudyRun studyRun(StudyPlan plan, RunSpec run) {
        RunProgress known = progress.get(run.runId());
        Optional<BatchJob> last =
                plan.jobs().stream().filter(job -> job.run().equals(run)).max(Comparator.comparingInt(BatchJob::slice));
        int slices = last.map(job -> job.slice() + 1).orElse(known.lastSlice() + 1);
        long to = last.map(BatchJob::toRecord).orElse(run.position(known.step()));
        return new StudyRun(run, plan.partitions().get(run.runId()), slices, to, known);
    }
}
