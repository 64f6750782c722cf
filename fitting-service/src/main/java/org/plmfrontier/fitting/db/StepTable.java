package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventStepCompletedBuilder;
import org.postgresql.PGConnection;

/**
 * Rows of step_point, written and read in bulk without entities: one statement per batch, and repeated rows fall to the
 * primary key.
 */
final class StepTable {
    private static final int FETCH = 10_000;

    private static final String INSERT = """
            insert into step_point (run_key, step, tokens, compute_flops, executed_flops, loss_nats, learning_rate,
                                    gradient_norm, tokens_per_second, at)
            select run_key, step, tokens, compute, executed, loss, rate, norm, speed,
                   timestamptz 'epoch' + micros * interval '1 microsecond'
            from unnest(?::integer[], ?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                        ?::float8[], ?::float8[], ?::float8[], ?::bigint[])
                 as told (run_key, step, tokens, compute, executed, loss, rate, norm, speed, micros)
            on conflict do nothing
            """;

    private static final String SELECT = """
            select step, tokens, compute_flops, executed_flops, loss_nats, learning_rate, gradient_norm,
                   tokens_per_second, at
            from step_point where run_key = ? order by step""";

    private static final String LAST = " desc limit 1";

    private StepTable() {}

    /**
     * Writes steps. Columns go as primitive arrays, which the driver sends in binary form.
     *
     * @param keys run id to run key, of all runs concerned
     */
    static void insert(Connection connection, List<StepCompleted> steps, Map<String, Integer> keys)
            throws SQLException {
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, arrays.createArrayOf("int4", keys(steps, keys)));
            statement.setArray(2, arrays.createArrayOf("int8", longs(steps, StepCompleted::step)));
            List<ToDoubleFunction<StepCompleted>> numbers = List.of(
                    StepCompleted::tokens,
                    StepCompleted::computeFlops,
                    StepCompleted::executedFlops,
                    StepCompleted::lossNats,
                    StepCompleted::learningRate,
                    StepCompleted::gradientNorm,
                    StepCompleted::tokensPerSecond);
            for (int i = 0; i < numbers.size(); i++) {
                double[] column = steps.stream().mapToDouble(numbers.get(i)).toArray();
                statement.setArray(3 + i, arrays.createArrayOf("float8", column));
            }
            statement.setArray(10, arrays.createArrayOf("int8", longs(steps, step -> micros(step.at()))));
            statement.executeUpdate();
        }
    }

    private static int[] keys(List<StepCompleted> steps, Map<String, Integer> keys) {
        return steps.stream()
                .mapToInt(step -> Objects.requireNonNull(keys.get(step.runId())))
                .toArray();
    }

    private static long[] longs(List<StepCompleted> steps, ToLongFunction<StepCompleted> column) {
        return steps.stream().mapToLong(column).toArray();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Passes on the steps of a run in ascending order, in bounded batches. Needs a connection without auto-commit. */
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

    /** Passes on the step of the highest number, if there is one. */
    static List<TrainingEvent> last(Connection connection, int runKey, String studyId, String runId)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + LAST)) {
            statement.setInt(1, runKey);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? List.of(event(rows, studyId, runId)) : List.of();
            }
        }
    }

    private static StepCompleted event(ResultSet row, String studyId, String runId) throws SQLException {
        return TrainingEventStepCompletedBuilder.builder()
                .studyId(studyId)
                .runId(runId)
                .step(row.getLong(1))
                .tokens(row.getDouble(2))
                .computeFlops(row.getDouble(3))
                .executedFlops(row.getDouble(4))
                .lossNats(row.getDouble(5))
                .learningRate(row.getDouble(6))
                .gradientNorm(row.getDouble(7))
                .tokensPerSecond(row.getDouble(8))
                .at(instant(row))
                .build();
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getTimestamp(9).toInstant();
    }
}
