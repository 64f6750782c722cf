package org.plmfrontier.fitting.db;

import static java.util.stream.Collectors.toMap;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.study.StudyStore;

/** The studies' events in PostgreSQL. One batch is one transaction. Thread-safe. */
@ApplicationScoped
public class EventStore implements StudyStore {
    private static final String NEW_RUNS =
            "insert into run (run_id, study_id) select * from unnest(?::text[], ?::text[]) on conflict do nothing";

    private final AgroalDataSource dataSource;

    public EventStore(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    @Transactional
    public void keep(List<? extends TrainingEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        Map<String, RunRow> runs = runs(events);
        List<StepCompleted> steps = new ArrayList<>();
        for (TrainingEvent event : events) {
            RunRow run = Objects.requireNonNull(runs.get(event.runId()));
            switch (event) {
                case StepCompleted step -> steps.add(step);
                case RunPlanned planned -> run.plan(planned);
                case RunStateChanged change -> run.tell(change);
                case HeldOutEvaluated evaluation -> FinalRow.keep(run.key, evaluation);
                case SliceCompleted ignored -> {}
                case CheckpointRefused ignored -> {}
            }
        }
        insert(steps, runs);
    }

    @Override
    @Transactional
    public void replay(Consumer<List<TrainingEvent>> batches) {
        for (RunRow run : RunRow.inOrder()) {
            batches.accept(run.events());
            batches.accept(FinalRow.eventsOf(run));
            steps(run, batches);
        }
    }

    @Override
    @Transactional
    public void steps(String runId, Consumer<List<TrainingEvent>> batches) {
        RunRow.withIds(List.of(runId)).forEach(run -> steps(run, batches));
    }

    private void steps(RunRow run, Consumer<List<TrainingEvent>> batches) {
        try (Connection connection = dataSource.getConnection()) {
            StepTable.replay(connection, run.key, run.studyId, run.runId, batches);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the steps of run " + run.runId, e);
        }
    }

    private Map<String, RunRow> runs(List<? extends TrainingEvent> events) {
        Map<String, String> studies = new LinkedHashMap<>();
        events.forEach(event -> studies.putIfAbsent(event.runId(), event.studyId()));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(NEW_RUNS)) {
            statement.setArray(
                    1, connection.createArrayOf("text", studies.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", studies.values().toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write the runs " + studies.keySet(), e);
        }
        return RunRow.withIds(studies.keySet()).stream().collect(toMap(row -> row.runId, row -> row));
    }

    private void insert(List<StepCompleted> steps, Map<String, RunRow> runs) {
        if (steps.isEmpty()) {
            return;
        }
        Map<String, Integer> keys = runs.values().stream().collect(toMap(row -> row.runId, row -> row.key));
        try (Connection connection = dataSource.getConnection()) {
            StepTable.insert(connection, steps, keys);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write " + steps.size() + " steps", e);
        }
    }
}
