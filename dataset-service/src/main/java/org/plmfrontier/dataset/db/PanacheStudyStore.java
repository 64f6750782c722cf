package org.plmfrontier.dataset.db;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.run.RunProgress;
import org.plmfrontier.dataset.study.Backlog;
import org.plmfrontier.dataset.study.Study;
import org.plmfrontier.dataset.study.StudyRun;
import org.plmfrontier.dataset.study.StudyStore;

/** Studies, runs and slices in PostgreSQL. */
@ApplicationScoped
public class PanacheStudyStore implements StudyStore {
    private static final String ACTIVE =
            "(state in ('PLANNED', 'TRAINING') or (state = 'COMPLETED' and lastSlice < slices - 1))";

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
    public boolean add(StudyPlan plan, Instant at) {
        if (StudyRow.findById(plan.spec().id()) != null) {
            return false;
        }
        StudyRow.of(plan, at).persist();
        addRunsAndSlices(plan, Map.of(), 0, at);
        return true;
    }

    @Override
    @Transactional
    public void extend(StudyPlan plan, Instant at) {
        StudyRow study = StudyRow.findById(plan.spec().id(), LockModeType.PESSIMISTIC_WRITE);
        study.extend(plan);
        Map<String, RunRow> known = rows(study.id).stream().collect(Collectors.toMap(row -> row.runId, row -> row));
        addRunsAndSlices(plan, known, Math.toIntExact(SliceRow.count("runId in ?1", known.keySet())), at);
    }

    private static void addRunsAndSlices(StudyPlan plan, Map<String, RunRow> known, int firstEmission, Instant at) {
        Map<String, Long> slices = plan.jobs().stream()
                .collect(Collectors.groupingBy(job -> job.run().runId(), Collectors.counting()));
        int place = 0;
        for (RunSpec run : plan.runs()) {
            int added = Math.toIntExact(slices.getOrDefault(run.runId(), 0L));
            RunRow row = known.get(run.runId());
            if (row != null) {
                row.extend(run, place++, added);
            } else {
                int partition = Objects.requireNonNull(plan.partitions().get(run.runId()), run.runId());
                RunRow.of(run, place++, partition, added, at).persist();
            }
        }
        int emission = firstEmission;
        for (BatchJob job : plan.jobs()) {
            SliceRow.of(job, emission++).persist();
        }
    }

    @Override
    @Transactional
    public void published(String studyId) {
        StudyRow.update("published = true where id = ?1", studyId);
    }

    @Override
    @Transactional
    public Optional<Study> find(String studyId) {
        return StudyRow.<StudyRow>findByIdOptional(studyId).map(StudyRow::study);
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
    public Backlog backlog() {
        Object[] sums = entities.createQuery(
                        "select coalesce(sum(greatest(expectedFlops - computeFlops, 0)), 0.0),"
                                + " coalesce(sum(slices - 1 - lastSlice), 0), count(*) from RunRow where " + ACTIVE,
                        Object[].class)
                .getSingleResult();
        return new Backlog(
                ((Number) sums[0]).doubleValue(), ((Number) sums[1]).longValue(), ((Number) sums[2]).longValue());
    }

    @Override
    @Transactional
    public Map<RunState, Long> runsByState() {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        entities.createQuery("select state, count(*) from RunRow group by state", Object[].class)
                .getResultList()
                .forEach(row -> counts.put((RunState) row[0], (Long) row[1]));
        return counts;
    }

    @Override
    @Transactional
    public Optional<StudyRun> run(String runId) {
        return RunRow.<RunRow>findByIdOptional(runId).map(RunRow::studyRun);
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
    public boolean advance(String runId, UnaryOperator<RunProgress> change) {
        RunRow row = RunRow.findById(runId, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            return false;
        }
        row.set(change.apply(row.progress()));
        return true;
    }

    private static List<RunRow> rows(String studyId) {
        return RunRow.list("studyId", Sort.by("place"), studyId);
    }
}
