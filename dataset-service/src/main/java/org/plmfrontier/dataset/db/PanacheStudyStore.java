package org.plmfrontier.dataset.db;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.study.Deletion;
import org.plmfrontier.dataset.study.LogPosition;
import org.plmfrontier.dataset.study.LoggedRun;
import org.plmfrontier.dataset.study.RunProgress;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyRun;
import org.plmfrontier.dataset.study.StudyStore;

/** Studies, runs and slices in PostgreSQL. */
@ApplicationScoped
public class PanacheStudyStore implements StudyStore {
    private static final String ACTIVE = "(progress.state in ('PLANNED', 'TRAINING') or (progress.state = 'COMPLETED'"
            + " and (progress.lastSlice < slices - 1 or plannedStep < endStep)))"
            + " and studyId not in (select d.studyId from DeletionRow d)";

    private static final String EVALUATED = "insert into evaluation_time (hash, parameters, seconds)"
            + " values (?1, ?2, ?3) on conflict (hash, parameters) do update set seconds = excluded.seconds";

    private final EntityManager entities;

    public PanacheStudyStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional
    public LoadProfile profile(String corpusId) {
        return entities.unwrap(Session.class).doReturningWork(connection -> BatchLoads.profile(connection, corpusId));
    }

    @Override
    @Transactional
    public Set<Double> marks(String studyId) {
        return EvaluationRow.<EvaluationRow>list("key.studyId = ?1 and everyPercent is not null", studyId).stream()
                .map(row -> row.everyPercent)
                .collect(Collectors.toSet());
    }

    @Override
    @Transactional
    public boolean add(StudyPlan plan, Map<String, RunProgress> progress, Instant at) {
        if (StudyRow.findById(plan.spec().id()) != null) {
            return false;
        }
        StudyRow.of(plan, at).persist();
        Map<String, RunRow> rows = new HashMap<>();
        int place = 0;
        for (RunSpec run : plan.runs()) {
            RunProgress known = progress.getOrDefault(run.runId(), RunProgress.planned(run.runId(), at));
            RunRow row = RunRow.of(run, place++, partition(plan, run), known);
            row.persist();
            rows.put(run.runId(), row);
        }
        persist(plan.jobs(), rows, 0);
        LoggedRunRow.delete("studyId", plan.spec().id());
        return true;
    }

    @Override
    @Transactional
    public void extend(StudyPlan plan, Instant at) {
        StudyRow study = StudyRow.findById(plan.spec().id(), LockModeType.PESSIMISTIC_WRITE);
        study.extend(plan);
        Map<String, RunRow> known = rows(study.id).stream().collect(Collectors.toMap(row -> row.runId, row -> row));
        int emission = emissions(known);
        int place = 0;
        for (RunSpec run : plan.runs()) {
            RunRow row = known.get(run.runId());
            if (row != null) {
                row.extend(run, place++);
            } else {
                RunRow added = RunRow.of(run, place++, partition(plan, run), RunProgress.planned(run.runId(), at));
                added.persist();
                known.put(run.runId(), added);
            }
        }
        persist(plan.jobs(), known, emission);
    }

    @Override
    @Transactional
    public void cut(String studyId, List<BatchJob> slices) {
        StudyRow study = StudyRow.findById(studyId, LockModeType.PESSIMISTIC_WRITE);
        study.published = false;
        Map<String, RunRow> known = rows(studyId).stream().collect(Collectors.toMap(row -> row.runId, row -> row));
        persist(slices, known, emissions(known));
    }

    private static int emissions(Map<String, RunRow> known) {
        return Math.toIntExact(SliceRow.count("runId in ?1", known.keySet()));
    }

    private static int partition(StudyPlan plan, RunSpec run) {
        return Objects.requireNonNull(plan.partitions().get(run.runId()), run.runId());
    }

    private static void persist(List<BatchJob> jobs, Map<String, RunRow> rows, int firstEmission) {
        int emission = firstEmission;
        for (BatchJob job : jobs) {
            SliceRow.of(job, emission++).persist();
            Objects.requireNonNull(rows.get(job.run().runId()), job.run().runId())
                    .cut(job);
        }
    }

    @Override
    @Transactional
    public void published(String studyId, @Nullable LogPosition jobsTo) {
        String position = jobsTo == null ? null : JsonColumn.write(jobsTo);
        StudyRow.update("published = true, jobsTo = ?2 where id = ?1", studyId, position);
    }

    @Override
    @Transactional
    public Optional<Study> find(String studyId) {
        return DeletionRow.isBegun(studyId)
                ? Optional.empty()
                : StudyRow.<StudyRow>findByIdOptional(studyId).map(StudyRow::study);
    }

    @Override
    @Transactional
    public List<Study> all() {
        return StudyRow.studies();
    }

    @Override
    @Transactional
    public List<StudyRun> runs(String studyId) {
        return rows(studyId).stream().map(RunRow::studyRun).toList();
    }

    @Override
    @Transactional
    public List<StudyRun> activeRuns() {
        return RunRow.<RunRow>list(ACTIVE).stream().map(RunRow::studyRun).toList();
    }

    @Override
    @Transactional
    public List<StudyRun> runsToCut() {
        return RunRow.<RunRow>list(ACTIVE + " and plannedStep < endStep").stream()
                .map(RunRow::studyRun)
                .toList();
    }

    @Override
    @Transactional
    public void measured(Map<String, Double> flopsPerSecond) {
        // in the order in which a deletion takes the same rows
        new TreeMap<>(flopsPerSecond)
                .forEach((run, speed) -> RunRow.update("deviceFlopsPerSecond = ?2 where runId = ?1", run, speed));
    }

    @Override
    @Transactional
    public void evaluated(Collection<DownstreamEvaluated> results) {
        for (DownstreamEvaluated result : results) {
            RunRow run = RunRow.findById(result.runId());
            if (run != null && !result.measures().isEmpty()) {
                entities.createNativeQuery(EVALUATED)
                        .setParameter(1, result.evaluation().hash())
                        .setParameter(2, ParameterCount.of(run.spec().shape()).exact())
                        .setParameter(3, result.seconds())
                        .executeUpdate();
            }
        }
    }

    @Override
    @Transactional
    public Map<String, Double> measured(int most) {
        return RunRow.<RunRow>find("deviceFlopsPerSecond is not null", Sort.descending("progress.updatedAt"))
                .page(0, most)
                .stream()
                .collect(Collectors.toMap(row -> row.runId, row -> row.deviceFlopsPerSecond));
    }

    @Override
    @Transactional
    public Map<RunState, Long> runsByState() {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        entities.createQuery(
                        "select progress.state, count(*) from RunRow"
                                + " where studyId not in (select d.studyId from DeletionRow d) group by progress.state",
                        Object[].class)
                .getResultList()
                .forEach(row -> counts.put((RunState) row[0], (Long) row[1]));
        return counts;
    }

    @Override
    @Transactional
    public Optional<StudyRun> run(String runId) {
        return RunRow.<RunRow>findByIdOptional(runId)
                .filter(row -> !DeletionRow.isBegun(row.studyId))
                .map(RunRow::studyRun);
    }

    @Override
    @Transactional
    public List<BatchJob> jobs(String studyId) {
        Map<String, RunSpec> specs = rows(studyId).stream().collect(Collectors.toMap(row -> row.runId, RunRow::spec));
        return SliceRow.<SliceRow>list("runId in ?1 order by emission", specs.keySet()).stream()
                .map(row -> row.job(Objects.requireNonNull(specs.get(row.runId), row.runId)))
                .toList();
    }

    @Override
    @Transactional
    public Set<String> take(
            Collection<RunDeleted> deleted,
            Collection<RunPlanned> announced,
            Map<String, UnaryOperator<RunProgress>> changes,
            LogPosition readTo) {
        StudyRemoval.runs(deleted);
        Set<String> mentioned = new TreeSet<>(changes.keySet());
        announced.forEach(run -> mentioned.add(run.runId()));
        Set<String> gone = DeletedRunRow.among(mentioned);
        announced.stream()
                .filter(run -> !gone.contains(run.runId()) && RunRow.findById(run.runId()) == null)
                .forEach(PanacheStudyStore::keep);
        Set<String> unknown = new TreeSet<>();
        changes.forEach((runId, change) -> {
            if (!gone.contains(runId) && !advance(runId, change)) {
                unknown.add(runId);
            }
        });
        LogPositionRow.keep(entities, readTo);
        return unknown;
    }

    private static void keep(RunPlanned run) {
        LoggedRunRow row = LoggedRunRow.findById(run.runId());
        String spec = JsonColumn.write(run.run());
        if (row == null) {
            LoggedRunRow.of(run, spec).persist();
        } else {
            row.spec = spec;
        }
    }

    private static boolean advance(String runId, UnaryOperator<RunProgress> change) {
        RunRow run = RunRow.findById(runId, LockModeType.PESSIMISTIC_WRITE);
        LoggedRunRow logged = run == null ? LoggedRunRow.findById(runId, LockModeType.PESSIMISTIC_WRITE) : null;
        ProgressColumns progress = run != null ? run.progress : logged != null ? logged.progress : null;
        if (progress == null) {
            return false;
        }
        progress.set(change.apply(progress.progress(runId)));
        return true;
    }

    @Override
    @Transactional
    public LogPosition readTo(String log) {
        return LogPositionRow.of(log);
    }

    @Override
    @Transactional
    public List<LoggedRun> loggedRuns(String studyId) {
        return LoggedRunRow.<LoggedRunRow>list("studyId", Sort.by("runId"), studyId).stream()
                .map(LoggedRunRow::run)
                .toList();
    }

    @Override
    @Transactional
    public void begin(Deletion deletion) {
        DeletionRow.keep(deletion);
    }

    @Override
    @Transactional
    public List<Deletion> deletions() {
        return DeletionRow.deletions();
    }

    @Override
    @Transactional
    public void remove(String studyId) {
        StudyRemoval.study(studyId);
    }

    @Override
    @Transactional
    public Set<String> deletedRuns(String studyId) {
        return DeletedRunRow.ofStudy(studyId);
    }

    private static List<RunRow> rows(String studyId) {
        return RunRow.list("studyId", Sort.by("place"), studyId);
    }
}
