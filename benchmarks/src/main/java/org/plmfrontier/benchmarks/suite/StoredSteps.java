package org.plmfrontier.benchmarks.suite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;

/** The step table of the fitting service: what is in it, and how fast rows get in one by one. */
final class StoredSteps implements AutoCloseable {
    private static final String ONE_BY_ONE = """
            insert into step_point (run_key, step, tokens, compute_flops, executed_flops, loss_nats, learning_rate,
                                    gradient_norm, tokens_per_second, at)
            values ((select run_key from run where run_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;

    private final Connection connection;

    StoredSteps(String database) throws SQLException {
        connection = DriverManager.getConnection(database);
    }

    /** Rows of a study, distinct steps of its runs, and the highest step that every run has without a gap below. */
    record Stored(long rows, long distinct, long complete) {}

    Stored of(String study) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select coalesce(sum(rows), 0), coalesce(sum(steps), 0), min(case when rows = last then last else -1 end)
                from (select count(*) as rows, count(distinct step) as steps, max(step) as last
                      from step_point join run using (run_key) where study_id = ? group by run_key) of_run""")) {
            query.setString(1, study);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Stored(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    /** Seconds to write the steps, one statement and one transaction each, as without batches. */
    double oneByOne(List<StepCompleted> steps) throws SQLException {
        try (Statement run = connection.createStatement()) {
            run.execute("insert into run (run_id, study_id) values ('"
                    + steps.getFirst().runId() + "', '" + steps.getFirst().studyId() + "') on conflict do nothing");
        }
        long start = System.nanoTime();
        for (StepCompleted step : steps) {
            try (PreparedStatement insert = connection.prepareStatement(ONE_BY_ONE)) {
                insert.setString(1, step.runId());
                insert.setLong(2, step.step());
                double[] numbers = {
                    step.tokens(),
                    step.computeFlops(),
                    step.executedFlops(),
                    step.lossNats(),
                    step.learningRate(),
                    step.gradientNorm(),
                    step.tokensPerSecond()
                };
                for (int i = 0; i < numbers.length; i++) {
                    insert.setDouble(3 + i, numbers[i]);
                }
                insert.setTimestamp(10, Timestamp.from(step.at()));
                insert.executeUpdate();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
