package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Deletes runs with all that is kept of them, within the caller's transaction. */
final class RunRemoval {
    /** What was published of a study that has no run any more. */
    static final String PUBLISHED = """
            delete from published_frontier f
            where study_id = ? and not exists (select from run r where r.study_id = f.study_id)
            """;

    /** What people wrote of a study that has no run any more. */
    static final String NOTE = """
            delete from note n
            where study_id = ? and not exists (select from run r where r.study_id = n.study_id)
            """;

    private static final List<String> OF_THE_SUITE = statements("run_id = ? and imported is null");

    private RunRemoval() {}

    /**
     * Statements that delete runs, in this order.
     *
     * @param condition on the table run, which picks them
     */
    static List<String> statements(String condition) {
        String keys = " where run_key in (select run_key from run where " + condition + ")";
        return List.of(
                "delete from step_point" + keys,
                "delete from final_point" + keys,
                "delete from note where run_id in (select run_id from run where " + condition + ")",
                "delete from run_slice" + keys,
                "delete from run_change" + keys,
                "delete from run_refusal" + keys,
                "delete from run_evaluation" + keys,
                "delete from run where " + condition);
    }

    /** Deletes a run of the suite, and with the last run of its study what was published of that. */
    static void delete(Connection connection, String runId, String studyId) throws SQLException {
        for (String statement : OF_THE_SUITE) {
            execute(connection, statement, runId);
        }
        execute(connection, PUBLISHED, studyId);
        execute(connection, NOTE, studyId);
    }

    private static void execute(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.executeUpdate();
        }
    }
}
