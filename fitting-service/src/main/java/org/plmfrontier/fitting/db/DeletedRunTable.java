package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;

/** Runs that are deleted, within the caller's transaction. */
final class DeletedRunTable {
    private static final String ALL = "select run_id, study_id, reason, deleted_by, deleted_at from deleted_run";
    private static final String AMONG = "select run_id from deleted_run where run_id = any (?)";
    private static final String FORGET = "delete from deleted_run where run_id = ?";
    private static final String KEEP = """
            insert into deleted_run (run_id, study_id, reason, deleted_by, deleted_at) values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private DeletedRunTable() {}

    /** As the events that deleted them. */
    static List<TrainingEvent> events(Connection connection) throws SQLException {
        List<TrainingEvent> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                events.add(new RunDeleted(
                        row.getString(2),
                        row.getString(1),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()));
            }
        }
        return events;
    }

    /** Which of these runs are deleted. */
    static List<String> among(Connection connection, Collection<String> runIds) throws SQLException {
        List<String> deleted = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(AMONG)) {
            statement.setArray(1, connection.createArrayOf("text", runIds.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    deleted.add(row.getString(1));
                }
            }
        }
        return deleted;
    }

    static void keep(Connection connection, RunDeleted run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, run.runId());
            statement.setString(2, run.studyId());
            statement.setString(3, run.reason());
            statement.setString(4, run.by());
            statement.setTimestamp(5, Timestamp.from(run.at()));
            statement.executeUpdate();
        }
    }

    /** The run was planned again. */
    static void forget(Connection connection, String runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setString(1, runId);
            statement.executeUpdate();
        }
    }
}
