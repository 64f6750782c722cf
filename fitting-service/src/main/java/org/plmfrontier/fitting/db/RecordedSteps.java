package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.study.RecordedStep;

/** Rows of step_point with all their columns, thinned by the database. */
final class RecordedSteps {
    /** Speed and time of a row from a file are those of the import, so they are nothing of the step. */
    private static final String SELECT = """
            select p.step, p.tokens, p.compute_flops, p.executed_flops, p.loss_nats, p.learning_rate, p.gradient_norm,
                   case when r.imported is null then p.tokens_per_second end,
                   case when r.imported is null then p.at end
            from run r join step_point p using (run_key)
            where r.run_id = ?
              and (p.step % ? = 0
                   or p.step = (select min(step) from step_point where run_key = r.run_key)
                   or p.step = (select max(step) from step_point where run_key = r.run_key))
            order by p.step
            """;

    private RecordedSteps() {}

    /** Steps whose number is a multiple of the given one, the first and the last, ascending. */
    static List<RecordedStep> read(Connection connection, String runId, long every) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, runId);
            statement.setLong(2, every);
            try (ResultSet rows = statement.executeQuery()) {
                List<RecordedStep> steps = new ArrayList<>();
                while (rows.next()) {
                    steps.add(step(rows));
                }
                return steps;
            }
        }
    }

    private static RecordedStep step(ResultSet row) throws SQLException {
        CurvePoint point = new CurvePoint(
                row.getLong(1), row.getDouble(2), row.getDouble(3), row.getDouble(4), row.getDouble(5), number(row, 6));
        Timestamp at = row.getTimestamp(9);
        return new RecordedStep(
                point, number(row, 7), number(row, 8), Optional.ofNullable(at).map(Timestamp::toInstant));
    }

    private static OptionalDouble number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
