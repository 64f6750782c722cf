package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.TableRow;

/** Rows of a file in a table that lasts as long as the transaction. Not thread-safe. */
final class StagedRows {
    private static final String CREATE = """
            create temporary table import_row (
                line integer, group_name text, run text, parameters float8, tokens float8, compute_flops float8,
                loss_nats float8, step float8, learning_rate float8, unique_tokens float8, epochs float8) on commit drop
            """;
    private static final String INSERT = """
            insert into import_row select * from unnest(?::integer[], ?::text[], ?::text[], ?::float8[], ?::float8[],
                                                        ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                                                        ?::float8[])
            """;

    private final Connection connection;
    private long rows;

    private StagedRows(Connection connection) {
        this.connection = connection;
    }

    static StagedRows create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
        return new StagedRows(connection);
    }

    /** Adds the rows of a piece of the file. */
    void add(List<TableRow> piece) {
        rows += piece.size();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            array(statement, 1, "integer", piece, TableRow::line);
            array(statement, 2, "text", piece, TableRow::group);
            array(statement, 3, "text", piece, TableRow::run);
            array(statement, 4, "float8", piece, TableRow::parameters);
            array(statement, 5, "float8", piece, TableRow::tokens);
            array(statement, 6, "float8", piece, row -> orNull(row.computeFlops()));
            array(statement, 7, "float8", piece, TableRow::lossNats);
            array(statement, 8, "float8", piece, row -> orNull(row.step()));
            array(statement, 9, "float8", piece, row -> orNull(row.learningRate()));
            array(statement, 10, "float8", piece, row -> orNull(row.uniqueTokens()));
            array(statement, 11, "float8", piece, row -> orNull(row.epochs()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot stage " + piece.size() + " rows", e);
        }
    }

    /** Rows so far. */
    long rows() {
        return rows;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static void array(
            PreparedStatement statement,
            int index,
            String type,
            List<TableRow> rows,
            Function<TableRow, @Nullable Object> column)
            throws SQLException {
        Object[] values = rows.stream().map(column).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
