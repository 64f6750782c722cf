package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.intake.FindingList;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.intake.RunRows;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Column;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.TableRow;

/**
 * Makes runs, steps and finals of staged rows. Rows of one run and one N, ascending by D, are the steps of a run; the
 * sorting is the database's, so that no run needs to fit into memory.
 */
final class StagedRuns {
    private static final int FETCH = 10_000;
    private static final int MOST_SENTENCES = 50;

    private static final String RUNS = """
            create temporary table import_run on commit drop as
            select group_name, run, parameters, min(line) as line, row_number() over (order by min(line)) as ordinal,
                   count(*) over (partition by group_name, run) as sizes
            from import_row group by group_name, run, parameters
            """;
    private static final String INSERT_RUNS = """
            insert into run (run_id, study_id, imported)
            select ? || '.import.' || ordinal, ?,
                   json_build_object('name', case when sizes > 1 then run || ' (N ' || parameters || ')' else run end,
                                     'parameters', parameters, 'group', group_name)::text
            from import_run order by ordinal
            """;
    private static final String INSERT_STEPS = """
            insert into step_point (run_key, step, tokens, compute_flops, executed_flops, loss_nats, learning_rate,
                                    gradient_norm, tokens_per_second, at)
            select t.run_key, row_number() over (partition by t.run_key order by r.tokens, r.line), r.tokens,
                   coalesce(r.compute_flops, 6 * r.parameters * r.tokens),
                   coalesce(r.compute_flops, 6 * r.parameters * r.tokens),
                   r.loss_nats, r.learning_rate, null, 0, now()
            from import_row r
            join import_run k using (group_name, run, parameters)
            join run t on t.run_id = ? || '.import.' || k.ordinal
            """;
    private static final String SORTED = """
            select t.run_key, k.run, r.line, r.parameters, r.tokens, r.compute_flops, r.loss_nats, r.learning_rate,
                   r.epochs
            from import_row r
            join import_run k using (group_name, run, parameters)
            join run t on t.run_id = ? || '.import.' || k.ordinal
            order by t.run_key, r.tokens, r.line
            """;

    /** C of a training run grows with D; sums that overflow do not. */
    private static final String FALLING = """
            select ordinal, run, min(line) from (
                select k.ordinal, r.run, r.line, r.tokens, coalesce(r.compute_flops, 6 * r.parameters * r.tokens) as flops,
                       lag(coalesce(r.compute_flops, 6 * r.parameters * r.tokens)) over steps as flops_before,
                       lag(r.tokens) over steps as tokens_before
                from import_row r join import_run k using (group_name, run, parameters)
                window steps as (partition by k.ordinal order by r.tokens, r.line)) ordered
            where tokens > tokens_before and flops <= flops_before
            group by ordinal, run order by ordinal
            """;

    private static final String WITHOUT_FLOPS = """
            update import_row r set compute_flops = null
            from import_run k
            where k.ordinal = ? and (r.group_name, r.run, r.parameters) = (k.group_name, k.run, k.parameters)
            """;

    private final Connection connection;
    private final String studyId;
    private final boolean hasFlops;
    private final List<String> excluded = new ArrayList<>();
    private long unsaid;

    StagedRuns(Connection connection, String studyId, boolean hasFlops) {
        this.connection = connection;
        this.studyId = studyId;
        this.hasFlops = hasFlops;
    }

    /**
     * Writes all of them and tells why some rows are no final losses.
     *
     * @param findings receives what is wrong with runs as a whole
     */
    List<String> keep(FindingList findings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(RUNS);
            statement.execute("analyze import_row");
            statement.execute("analyze import_run");
        }
        int runs = update(INSERT_RUNS, 2);
        if (runs > ImportStore.MOST_RUNS) {
            throw new BadTableException("the file has " + runs + " runs of one size each, at most "
                    + ImportStore.MOST_RUNS + " are taken; does it lack a column for the run?");
        }
        if (hasFlops) {
            findings.add(distrusted());
        }
        update(INSERT_STEPS, 1);
        finals();
        if (unsaid > 0) {
            excluded.add(unsaid + " more sentences of this kind about other runs");
        }
        return excluded;
    }

    /** Takes C away from runs whose C falls while D rises. */
    private List<Finding> distrusted() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (PreparedStatement falling = connection.prepareStatement(FALLING);
                PreparedStatement without = connection.prepareStatement(WITHOUT_FLOPS);
                ResultSet rows = falling.executeQuery()) {
            while (rows.next()) {
                int line = rows.getInt(3);
                String run = rows.getString(2);
                findings.add(new Finding(
                        Finding.Kind.OVERFLOWED_FLOPS,
                        line,
                        Column.C.label(),
                        run,
                        "line " + line + ", column C, run " + run
                                + ": C falls while D rises, so 6 N D stands for it in the whole run"));
                without.setInt(1, rows.getInt(1));
                without.addBatch();
            }
            without.executeBatch();
        }
        return findings;
    }

    private void finals() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SORTED)) {
            statement.setFetchSize(FETCH);
            statement.setString(1, studyId);
            try (ResultSet rows = statement.executeQuery()) {
                RunRows run = new RunRows(StepThinning.USUAL, hasFlops);
                int key = -1;
                String name = "";
                while (rows.next()) {
                    if (rows.getInt(1) != key && key >= 0) {
                        keep(key, name, run.finals());
                        run = new RunRows(StepThinning.USUAL, hasFlops);
                    }
                    key = rows.getInt(1);
                    name = rows.getString(2);
                    run.add(row(rows));
                }
                keep(key, name, run.finals());
            }
        }
    }

    private void keep(int runKey, String name, RunRows.Finals finals) throws SQLException {
        for (FinalPoint point : finals.points()) {
            FinalRow.keep(connection, runKey, point);
        }
        for (String sentence : finals.excluded()) {
            if (excluded.size() < MOST_SENTENCES) {
                excluded.add("run " + name + ": " + sentence);
            } else {
                unsaid++;
            }
        }
    }

    private int update(String sql, int ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= ids; i++) {
                statement.setString(i, studyId);
            }
            return statement.executeUpdate();
        }
    }

    private static TableRow row(ResultSet row) throws SQLException {
        return new TableRow(
                row.getInt(3),
                row.getString(2),
                row.getDouble(4),
                row.getDouble(5),
                optional(row, 6),
                row.getDouble(7),
                OptionalDouble.empty(),
                optional(row, 8),
                OptionalDouble.empty(),
                optional(row, 9),
                "");
    }

    private static OptionalDouble optional(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
