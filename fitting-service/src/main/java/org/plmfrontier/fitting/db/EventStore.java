package org.plmfrontier.fitting.db;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.study.DeletedRuns;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.RecordedStep;
import org.plmfrontier.fitting.study.RunHistory;
import org.plmfrontier.fitting.study.StudyStore;

/** The studies' events in PostgreSQL. One batch is one transaction. Thread-safe. */
@ApplicationScoped
public class EventStore implements StudyStore {
    /** Known runs are left out beforehand: a row that only conflicts would use up a key all the same. */
    private static final String NEW_RUNS = """
            insert into run (run_id, study_id)
            select told.run_id, told.study_id from unnest(?::text[], ?::text[]) as told (run_id, study_id)
            where not exists (select 1 from run known where known.run_id = told.run_id)
            on conflict do nothing
            """;

    private static final String KEYS = "select run_id, run_key from run where run_id = any (?)";

    private final AgroalDataSource dataSource;
    private final ReadEvaluations evaluations = new ReadEvaluations();

    public EventStore(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    @Transactional
    public void keep(List<LoggedEvent> batch, String log, Offsets readTo) {
        DeletedRuns.Sifted sifted = withoutDeleted(batch);
        List<LoggedEvent> events = sifted.remaining();
        Map<String, Integer> keys = keys(events);
        List<StepCompleted> steps = new ArrayList<>(events.size());
        List<TrainingEvent> others = new ArrayList<>();
        List<TrainingEvent> history = new ArrayList<>();
        List<DownstreamEvaluated> results = new ArrayList<>();
        for (LoggedEvent logged : events) {
            switch (logged.event()) {
                case StepCompleted step -> steps.add(step);
                case RunPlanned planned -> others.add(planned);
                case RunStateChanged change -> {
                    others.add(change);
                    history.add(change);
                }
                case HeldOutEvaluated evaluation -> others.add(evaluation);
                case SliceCompleted slice -> history.add(slice);
                case CheckpointRefused refused -> history.add(refused);
                case DownstreamEvaluated result -> results.add(result);
                case RunDeleted gone -> throw new IllegalStateException("run " + gone.runId() + " is deleted already");
            }
        }
        keepOthers(others);
        try (Connection connection = dataSource.getConnection()) {
            StepTable.insert(connection, steps, keys);
            HistoryTables.insert(connection, history, keys);
            EvaluationTable.insert(connection, results, keys);
            LogPositions.keep(connection, sifted.counted(), log, readTo);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write " + steps.size() + " steps", e);
        }
    }

    /** What is left of a batch once the runs that it deletes are deleted here. */
    private DeletedRuns.Sifted withoutDeleted(List<LoggedEvent> batch) {
        Set<String> ids = batch.stream().map(logged -> logged.event().runId()).collect(toSet());
        try (Connection connection = dataSource.getConnection()) {
            DeletedRuns deleted = new DeletedRuns(DeletedRunTable.among(connection, ids));
            DeletedRuns.Sifted sifted = deleted.sift(batch);
            for (RunDeleted gone : sifted.deleted().values()) {
                RunRemoval.delete(connection, gone.runId(), gone.studyId());
                DeletedRunTable.keep(connection, gone);
            }
            for (LoggedEvent logged : sifted.remaining()) {
                if (logged.event() instanceof RunPlanned planned) {
                    DeletedRunTable.forget(connection, planned.runId());
                }
            }
            return sifted;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot delete runs", e);
        }
    }

    @Override
    public Offsets readTo(String log) {
        try (Connection connection = dataSource.getConnection()) {
            return LogPositions.ofWhole(connection, log);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read how far the log is kept", e);
        }
    }

    @Override
    public Map<String, Offsets> observed(String log) {
        try (Connection connection = dataSource.getConnection()) {
            return LogPositions.ofStudies(connection, log);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read how far the log was read for the studies", e);
        }
    }

    @Override
    @Transactional
    public void replay(Set<String> evicted, Consumer<List<TrainingEvent>> batches) {
        batches.accept(deletions());
        for (RunRow run : RunRow.inOrder()) {
            batches.accept(run.events());
            batches.accept(FinalRow.eventsOf(run));
            if (evicted.contains(run.studyId)) {
                lastStep(run, batches);
            } else {
                steps(run, batches);
            }
        }
    }

    @Override
    public List<String> settled() {
        try (Connection connection = dataSource.getConnection()) {
            return SettledStudies.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read which studies are over", e);
        }
    }

    @Override
    @Transactional
    public void points(String runId, Consumer<List<CurvePoint>> batches) {
        for (RunRow run : RunRow.withIds(List.of(runId))) {
            try (Connection connection = dataSource.getConnection()) {
                PointTable.read(connection, run.key, batches);
            } catch (SQLException e) {
                throw new IllegalStateException("cannot read the points of run " + runId, e);
            }
        }
    }

    @Override
    public List<RecordedStep> steps(String runId, long every) {
        try (Connection connection = dataSource.getConnection()) {
            return RecordedSteps.read(connection, runId, every);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the steps of run " + runId, e);
        }
    }

    @Override
    public RunHistory history(String runId) {
        try (Connection connection = dataSource.getConnection()) {
            return HistoryTables.read(connection, runId);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the history of run " + runId, e);
        }
    }

    @Override
    public List<DownstreamEvaluated> evaluations(String studyId) {
        try (Connection connection = dataSource.getConnection()) {
            return evaluations.of(connection, studyId);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the evaluations of study " + studyId, e);
        }
    }

    private List<TrainingEvent> deletions() {
        try (Connection connection = dataSource.getConnection()) {
            return DeletedRunTable.events(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read which runs are deleted", e);
        }
    }

    private void steps(RunRow run, Consumer<List<TrainingEvent>> batches) {
        try (Connection connection = dataSource.getConnection()) {
            StepTable.replay(connection, run.key, run.studyId, run.runId, batches);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the steps of run " + run.runId, e);
        }
    }

    private void lastStep(RunRow run, Consumer<List<TrainingEvent>> batches) {
        try (Connection connection = dataSource.getConnection()) {
            batches.accept(StepTable.last(connection, run.key, run.studyId, run.runId));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the last step of run " + run.runId, e);
        }
    }

    private static void keepOthers(List<TrainingEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        Set<String> ids = events.stream().map(TrainingEvent::runId).collect(toSet());
        Map<String, RunRow> rows = RunRow.withIds(ids).stream().collect(toMap(row -> row.runId, row -> row));
        for (TrainingEvent event : events) {
            RunRow run = Objects.requireNonNull(rows.get(event.runId()));
            switch (event) {
                case RunPlanned planned -> run.plan(planned);
                case RunStateChanged change -> run.observe(change);
                case HeldOutEvaluated evaluation -> FinalRow.keep(run.key, evaluation);
                default -> throw new IllegalArgumentException("steps and slices have no entity: " + event);
            }
        }
    }

    /** Run id to key of all runs of the batch; those not known before get one. */
    private Map<String, Integer> keys(List<LoggedEvent> events) {
        Map<String, String> studies = new LinkedHashMap<>();
        events.forEach(logged ->
                studies.putIfAbsent(logged.event().runId(), logged.event().studyId()));
        Object[] ids = studies.keySet().toArray();
        Map<String, Integer> keys = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(NEW_RUNS);
                PreparedStatement query = connection.prepareStatement(KEYS)) {
            insert.setArray(1, connection.createArrayOf("text", ids));
            insert.setArray(2, connection.createArrayOf("text", studies.values().toArray()));
            insert.executeUpdate();
            query.setArray(1, connection.createArrayOf("text", ids));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    keys.put(row.getString(1), row.getInt(2));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write the runs " + studies.keySet(), e);
        }
        return keys;
    }
}
