package org.plmfrontier.fitting.db;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;

/** Rows of run_evaluation; repeated ones fall to the primary key, but that numbers take the place of a result without any. */
final class EvaluationTable {
    private static final String INSERT = """
            insert into run_evaluation (run_key, step, hash, name, kind, result, at)
            values (?, ?, ?, ?, ?, ?::jsonb, ?) on conflict (run_key, step, hash) do update
            set name = excluded.name, kind = excluded.kind, result = excluded.result, at = excluded.at
            where jsonb_array_length(run_evaluation.result -> 'measures') = 0
              and (jsonb_array_length(excluded.result -> 'measures') > 0
                or coalesce(jsonb_array_length(excluded.result -> 'relatives' -> 'shares'), 0) > 0)""";

    private static final String VERSION = """
            select count(*), coalesce(max(run_evaluation.xmin::text::bigint), 0)
            from run join run_evaluation using (run_key) where study_id = ?""";

    private static final String OF_STUDY = """
            select result from run join run_evaluation using (run_key) where study_id = ? order by name, hash, run_id, step""";

    private EvaluationTable() {}

    /** @param keys run id to run key, of all runs concerned */
    static void insert(Connection connection, List<DownstreamEvaluated> results, Map<String, Integer> keys)
            throws SQLException {
        if (results.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (DownstreamEvaluated result : once(results)) {
                insert.setInt(1, Objects.requireNonNull(keys.get(result.runId())));
                insert.setLong(2, result.step());
                insert.setString(3, result.evaluation().hash());
                insert.setString(4, result.evaluation().name());
                insert.setString(5, result.evaluation().kind().text());
                insert.setString(6, new String(WireFormat.encode(result), StandardCharsets.UTF_8));
                insert.setTimestamp(7, Timestamp.from(result.at()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Each row once, since the driver makes one command of a batch, and that may not touch a row twice. */
    static Collection<DownstreamEvaluated> once(List<DownstreamEvaluated> results) {
        Map<Row, DownstreamEvaluated> rows = new LinkedHashMap<>();
        for (DownstreamEvaluated result : results) {
            rows.merge(
                    new Row(result.runId(), result.step(), result.evaluation().hash()),
                    result,
                    (first, later) -> first.measures().isEmpty() && hasNumbers(later) ? later : first);
        }
        return rows.values();
    }

    private record Row(String run, long step, String hash) {}

    private static boolean hasNumbers(DownstreamEvaluated result) {
        return !result.measures().isEmpty()
                || result.relatives() != null && !result.relatives().shares().isEmpty();
    }

    /**
     * What rows there are of a study.
     *
     * @param count how many
     * @param lastTransaction that wrote one of them
     */
    record Version(long count, long lastTransaction) {}

    /** Equal as long as no row comes, changes or goes. */
    static Version version(Connection connection, String studyId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(VERSION)) {
            query.setString(1, studyId);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return new Version(rows.getLong(1), rows.getLong(2));
            }
        }
    }

    /** By evaluation, run and step. */
    static List<DownstreamEvaluated> read(Connection connection, String studyId) throws SQLException {
        List<DownstreamEvaluated> results = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(OF_STUDY)) {
            query.setString(1, studyId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    byte[] json = rows.getString(1).getBytes(StandardCharsets.UTF_8);
                    results.add(WireFormat.decode(json, DownstreamEvaluated.class));
                }
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException("a row of run_evaluation is not readable: " + e.getMessage(), e);
        }
        return results;
    }
}
