package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.intake.ExcludedRows;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.intake.RunRows;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.KnownUnits;

/**
 * Makes runs, steps and finals of staged rows. Rows of one run and one N, ascending by D, are the steps of a run; the
 * sorting is the database's, so that no run needs to fit into memory.
 */
final class StagedRuns {
    private static final String RUNS = """
            create temporary table import_run on commit drop as
            select group_name, run, parameters, row_number() over (order by min(line))::integer as ordinal,
                   count(*) over (partition by group_name, run) as sizes
            from import_row group by group_name, run, parameters
            """;
    private static final String POINTS = """
            create temporary table import_point on commit drop as
            select k.ordinal, r.* from import_row r join import_run k using (group_name, run, parameters)
            """;
    private static final String INSERT_RUNS = """
            insert into run (run_id, study_id, imported)
            select ? || '.import.' || ordinal, ?,
                   json_build_object('name', case when sizes > 1 then run || ' (N ' || parameters || ')' else run end,
                                     'parameters', parameters, 'group', group_name,
                                     'computedFlops', not exists (select from import_point p where p.ordinal = k.ordinal
                                                                  and p.compute_flops is not null),
                                     'ordinal', ordinal)::text
            from import_run k order by ordinal
            """;
    private static final String INSERT_STEPS = """
            insert into step_point (run_key, step, tokens, compute_flops, executed_flops, loss_nats, learning_rate,
                                    gradient_norm, tokens_per_second, at)
            select t.run_key, row_number() over (partition by t.run_key order by r.tokens, r.line), r.tokens,
                   coalesce(r.compute_flops, 6 * r.parameters * r.tokens),
                   coalesce(r.compute_flops, 6 * r.parameters * r.tokens),
                   r.loss_nats, r.learning_rate, null, 0, now()
            from import_point r join run t on t.run_id = ? || '.import.' || r.ordinal
            """;
    private static final String SORTED = """
            select t.run_key as key, r.line, '' as group_name, r.run, r.parameters, r.tokens, r.compute_flops, r.loss_nats,
                   null::float8 as step, r.learning_rate, r.unique_tokens, r.epochs
            from import_point r join run t on t.run_id = ? || '.import.' || r.ordinal
            order by t.run_key, r.tokens, r.line
            """;

    private final Connection connection;
    private final String studyId;
    private final boolean hasFlops;
    private ExcludedRows excluded = ExcludedRows.NONE;

    StagedRuns(Connection connection, String studyId, boolean hasFlops) {
        this.connection = connection;
        this.studyId = studyId;
        this.hasFlops = hasFlops;
    }

    /**
     * Takes away what does not stand: rows that others replace, runs in other units, C that cannot be.
     *
     * @param findings receives what is wrong with runs
     */
    void judge(KnownUnits units, FindingLog findings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze import_row");
            statement.execute(RUNS);
            long runs = count("select count(*) from import_run");
            if (runs > ImportStore.MOST_RUNS) {
                throw new BadTableException("the file has " + runs + " runs of one size each, at most "
                        + ImportStore.MOST_RUNS + " are taken; does it lack a column for the run?");
            }
            statement.execute(POINTS);
            statement.execute("create index on import_point (ordinal, tokens, line)");
            statement.execute("analyze import_point");
        }
        new StagedChecks(connection, findings).judge(hasFlops, units);
    }

    /** Rows that stand. */
    long rows() throws SQLException {
        return count("select count(*) from import_point");
    }

    /** Writes all of them; one sentence per kind of rows that are no final losses. */
    List<String> keep() throws SQLException {
        update(INSERT_RUNS, 2);
        update(INSERT_STEPS, 1);
        finals();
        return excluded.sentences();
    }

    private void finals() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SORTED)) {
            statement.setFetchSize(PointCursor.FETCH);
            statement.setString(1, studyId);
            try (ResultSet rows = statement.executeQuery()) {
                RunRows run = new RunRows(StepThinning.USUAL, hasFlops);
                int key = -1;
                while (rows.next()) {
                    if (rows.getInt("key") != key && key >= 0) {
                        keep(key, run.finals());
                        run = new RunRows(StepThinning.USUAL, hasFlops);
                    }
                    key = rows.getInt("key");
                    run.add(PointCursor.row(rows));
                }
                keep(key, run.finals());
            }
        }
    }

    private void keep(int runKey, RunRows.Finals finals) throws SQLException {
        for (FinalPoint point : finals.points()) {
            FinalRow.keep(connection, runKey, point);
        }
        excluded = excluded.plus(finals.excluded());
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
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
}
