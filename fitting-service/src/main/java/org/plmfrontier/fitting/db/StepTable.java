package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;

/**
 * Rows of step_point, written and read in bulk without entities: one statement per batch, and repeated rows fall to the
 * primary key.
 */
final class StepTable {
    private static final int FETCH = 10_000;

    private static final String INSERT = """
            insert into step_point (run_key, step, tokens, compute_flops, executed_flops, loss_nats, learning_rate,
                                    gradient_norm, tokens_per_second, at)
            select * from unnest(?::integer[], ?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                                 ?::float8[], ?::float8[], ?::float8[], ?::timestamptz[])
            on conflict do nothing
            """;

    private static final String SELECT = """
            select step, tokens, compute_flops, executed_flops, loss_nats, learning_rate, gradient_norm,
                   tokens_per_second, at
            from step_point where run_key = ? order by step
            """;

    private StepTable() {}

    /**
     * Writes steps.
     *
     * @param keys run id to run key, of all runs concerned
     */
    static void insert(Connection connection, List<StepCompleted> steps, Map<String, Integer> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            array(statement, 1, "integer", steps, step -> keys.get(step.runId()));
            array(statement, 2, "bigint", steps, StepCompleted::step);
            List<ToDoubleFunction<StepCompleted>> numbers = List.of(
                    StepCompleted::tokens,
                    StepCompleted::computeFlops,
                    StepCompleted::executedFlops,
                    StepCompleted::lossNats,
                    StepCompleted::learningRate,
                    StepCompleted::gradientNorm,
                    StepCompleted::tokensPerSecond);
            for (int i = 0; i < numbers.size(); i++) {
                array(statement, 3 + i, "float8", steps, numbers.get(i)::applyAsDouble);
            }
            array(
                    statement,
                    10,
                    "timestamptz",
                    steps,
                    step -> Timestamp.from(step.at().truncatedTo(ChronoUnit.MICROS)));
            statement.executeUpdate();
        }
    }

    /** Tells the steps of a run in ascending order, in bounded batches. Needs a connection without auto-commit. */
    static void replay(
            Connection connection, int runKey, String studyId, String runId, Consumer<List<TrainingEvent>> batches)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setFetchSize(FETCH);
            statement.setInt(1, runKey);
            try (ResultSet rows = statement.executeQuery()) {
                List<TrainingEvent> batch = new ArrayList<>();
                while (rows.next()) {
                    batch.add(event(rows, studyId, runId));
                    if (batch.size() == FETCH) {
                        batches.accept(List.copyOf(batch));
                        batch.clear();
                    }
                }
                batches.accept(List.copyOf(batch));
            }
        }
    }

    private static StepCompleted event(ResultSet row, String studyId, String runId) throws SQLException {
        return new StepCompleted(
                studyId,
                runId,
                row.getLong(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getDouble(6),
                row.getDouble(7),
                row.getDouble(8),
                instant(row));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getTimestamp(9).toInstant();
    }

    private static void array(
            PreparedStatement statement,
            int index,
            String type,
            List<StepCompleted> steps,
            Function<StepCompleted, ? extends Object> column)
            throws SQLException {
        Object[] values = steps.stream().map(column).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
