package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.plmfrontier.fitting.table.TableRow;

/** Reads staged rows run by run, in bounded pieces. */
final class PointCursor {
    static final int FETCH = 10_000;

    private static final String SELECT = """
            select ordinal, line, group_name, run, parameters, tokens, compute_flops, loss_nats, step, learning_rate,
                   unique_tokens, epochs
            from import_point order by ordinal, %s
            """;

    /** What is done with the rows of each run. */
    interface Runs {
        /** A row; runs follow each other by their ordinals. */
        void row(int ordinal, TableRow row) throws SQLException;

        /** The end of a run. */
        void end(int ordinal) throws SQLException;
    }

    private PointCursor() {}

    /** Reads all rows, of each run in the file's order. */
    static void inOrderOfTheFile(Connection connection, Runs runs) throws SQLException {
        read(connection, SELECT.formatted("line"), runs);
    }

    /** Reads all rows, of each run ascending by D. */
    static void ascendingByTokens(Connection connection, Runs runs) throws SQLException {
        read(connection, SELECT.formatted("tokens, line"), runs);
    }

    private static void read(Connection connection, String sql, Runs runs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                int ordinal = 0;
                while (rows.next()) {
                    int next = rows.getInt("ordinal");
                    if (ordinal > 0 && next != ordinal) {
                        runs.end(ordinal);
                    }
                    ordinal = next;
                    runs.row(ordinal, row(rows));
                }
                if (ordinal > 0) {
                    runs.end(ordinal);
                }
            }
        }
    }

    /** The row under a cursor whose columns are named as those of staged rows. */
    static TableRow row(ResultSet row) throws SQLException {
        return new TableRow(
                row.getInt("line"),
                row.getString("run"),
                row.getString("group_name"),
                new TableRow.Measured(
                        row.getDouble("parameters"),
                        row.getDouble("tokens"),
                        optional(row, "compute_flops"),
                        row.getDouble("loss_nats")),
                new TableRow.Training(
                        optional(row, "step"),
                        optional(row, "learning_rate"),
                        optional(row, "unique_tokens"),
                        optional(row, "epochs")));
    }

    private static OptionalDouble optional(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
