package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEventCheckpointRefusedBuilder;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.fitting.study.RunHistory;

/** Rows of run_slice, run_change and run_refusal; repeated ones fall to the primary keys. */
final class HistoryTables {
    private static final String SLICE = """
            insert into run_slice (run_key, slice, step, to_record, tokens, compute_flops, checkpoint, trainer, device,
                                   peak_flops, at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private static final String CHANGE =
            "insert into run_change (run_key, at, step, state, reason) values (?, ?, ?, ?, ?) on conflict do nothing";

    private static final String REFUSAL = """
            insert into run_refusal (run_key, at, checkpoint, step, reason, trainer)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private static final String SLICES = """
            select study_id, run_id, slice, step, to_record, tokens, compute_flops, checkpoint, trainer, at, device, peak_flops
            from run join run_slice using (run_key) where run_id = ? order by slice""";

    private static final String CHANGES = """
            select study_id, run_id, c.state, step, reason, at
            from run join run_change c using (run_key) where run_id = ? order by at, step""";

    private static final String REFUSALS = """
            select study_id, run_id, step, checkpoint, reason, trainer, at
            from run join run_refusal using (run_key) where run_id = ? order by at, checkpoint""";

    private HistoryTables() {}

    /**
     * Keeps what of a batch is history.
     *
     * @param keys run id to run key, of all runs concerned
     */
    static void insert(Connection connection, List<TrainingEvent> events, Map<String, Integer> keys)
            throws SQLException {
        try (PreparedStatement slices = connection.prepareStatement(SLICE);
                PreparedStatement changes = connection.prepareStatement(CHANGE);
                PreparedStatement refusals = connection.prepareStatement(REFUSAL)) {
            for (TrainingEvent event : events) {
                int key = Objects.requireNonNull(keys.get(event.runId()));
                switch (event) {
                    case SliceCompleted slice -> add(slices, key, slice);
                    case RunStateChanged change ->
                        add(
                                changes,
                                key,
                                Timestamp.from(change.at()),
                                change.step(),
                                change.state().name(),
                                change.reason());
                    case CheckpointRefused refused ->
                        add(
                                refusals,
                                key,
                                Timestamp.from(refused.at()),
                                refused.checkpoint(),
                                refused.step(),
                                refused.reason(),
                                refused.trainer());
                    default -> {}
                }
            }
            slices.executeBatch();
            changes.executeBatch();
            refusals.executeBatch();
        }
    }

    private static void add(PreparedStatement statement, int key, SliceCompleted slice) throws SQLException {
        TrainingDevice device = slice.device();
        add(
                statement,
                key,
                slice.slice(),
                slice.step(),
                slice.toRecord(),
                slice.tokens(),
                slice.computeFlops(),
                slice.checkpoint(),
                slice.trainer(),
                device == null ? null : device.name(),
                device == null ? null : device.peakFlops(),
                Timestamp.from(slice.at()));
    }

    private static void add(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    static RunHistory read(Connection connection, String runId) throws SQLException {
        return new RunHistory(
                all(connection, CHANGES, runId, HistoryTables::change),
                all(connection, SLICES, runId, HistoryTables::slice),
                all(connection, REFUSALS, runId, HistoryTables::refusal));
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> all(Connection connection, String sql, String runId, Row<T> of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, runId);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(of.of(rows));
                }
                return all;
            }
        }
    }

    private static SliceCompleted slice(ResultSet row) throws SQLException {
        String device = row.getString(11);
        double peak = row.getDouble(12);
        @Nullable Double known = row.wasNull() ? null : peak;
        return TrainingEventSliceCompletedBuilder.builder()
                .studyId(row.getString(1))
                .runId(row.getString(2))
                .slice(row.getInt(3))
                .step(row.getLong(4))
                .toRecord(row.getLong(5))
                .tokens(row.getDouble(6))
                .computeFlops(row.getDouble(7))
                .checkpoint(row.getString(8))
                .trainer(row.getString(9))
                .at(row.getTimestamp(10).toInstant())
                .device(device == null ? null : new TrainingDevice(device, known))
                .build();
    }

    private static RunStateChanged change(ResultSet row) throws SQLException {
        return new RunStateChanged(
                row.getString(1),
                row.getString(2),
                RunState.valueOf(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                row.getTimestamp(6).toInstant());
    }

    private static CheckpointRefused refusal(ResultSet row) throws SQLException {
        return TrainingEventCheckpointRefusedBuilder.builder()
                .studyId(row.getString(1))
                .runId(row.getString(2))
                .step(row.getLong(3))
                .checkpoint(row.getString(4))
                .reason(row.getString(5))
                .trainer(row.getString(6))
                .at(row.getTimestamp(7).toInstant())
                .build();
    }
}
