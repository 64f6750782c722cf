package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.plmfrontier.fitting.curve.CurvePoint;

/** Rows of step_point as points of curves, of runs of the suite and of imported ones. */
final class PointTable {
    private static final int PIECE = 10_000;
    private static final String SELECT = """
            select step, tokens, compute_flops, executed_flops, loss_nats, learning_rate
            from step_point where run_key = ? order by step
            """;

    private PointTable() {}

    /** Passes on the points of a run, ascending, in bounded pieces. Needs a connection without auto-commit. */
    static void read(Connection connection, int runKey, Consumer<List<CurvePoint>> pieces) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setFetchSize(PIECE);
            statement.setInt(1, runKey);
            try (ResultSet rows = statement.executeQuery()) {
                List<CurvePoint> piece = new ArrayList<>();
                while (rows.next()) {
                    piece.add(point(rows));
                    if (piece.size() == PIECE) {
                        pieces.accept(List.copyOf(piece));
                        piece.clear();
                    }
                }
                pieces.accept(List.copyOf(piece));
            }
        }
    }

    private static CurvePoint point(ResultSet row) throws SQLException {
        double rate = row.getDouble(6);
        OptionalDouble known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(rate);
        return new CurvePoint(
                row.getLong(1), row.getDouble(2), row.getDouble(3), row.getDouble(4), row.getDouble(5), known);
    }
}
