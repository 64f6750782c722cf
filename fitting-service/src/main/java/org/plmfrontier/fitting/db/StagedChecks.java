package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.KnownUnits;
import org.plmfrontier.fitting.table.RunOrder;
import org.plmfrontier.fitting.table.RunSeries;
import org.plmfrontier.fitting.table.RunsTogether;
import org.plmfrontier.fitting.table.TableRow;

/** Holds staged rows against the checks that a file in memory undergoes, and takes away what does not stand. */
final class StagedChecks {
    private static final String REPLACED = "delete from import_point where ordinal = ? and line < ? and tokens >= ?";
    private static final String BEHIND = "delete from import_point where ordinal = ? and line > ?";
    private static final String LINES = "delete from import_point where ordinal = ? and line = any(?)";
    private static final String RUN = "delete from import_run where ordinal = ?";
    private static final String POINTS = "delete from import_point where ordinal = ?";
    private static final String SIX_ND = "update import_point set compute_flops = null where ordinal = ?";
    private static final String PER_TOKEN =
            "update import_point set compute_flops = ? * tokens where ordinal = ? and compute_flops is null";

    private final Connection connection;
    private final FindingLog findings;
    private final List<Integer> ordinals = new ArrayList<>();
    private final List<Boolean> repeatedTrainings = new ArrayList<>();
    private final List<RunSeries> series = new ArrayList<>();

    StagedChecks(Connection connection, FindingLog findings) {
        this.connection = connection;
        this.findings = findings;
    }

    void judge(boolean hasFlops, KnownUnits units) throws SQLException {
        PointCursor.inOrderOfTheFile(connection, new Orders());
        PointCursor.ascendingByTokens(connection, new Series());
        List<RunsTogether.Verdict> verdicts = RunsTogether.judge(series, hasFlops, units, findings);
        for (int i = 0; i < verdicts.size(); i++) {
            apply(ordinals.get(i), verdicts.get(i), hasFlops);
        }
    }

    private void apply(int ordinal, RunsTogether.Verdict verdict, boolean hasFlops) throws SQLException {
        if (verdict.setApart()) {
            update(POINTS, ordinal);
            update(RUN, ordinal);
        } else if (hasFlops) {
            switch (verdict.flops()) {
                case RunsTogether.Flops.AsGiven ignored -> {}
                case RunsTogether.Flops.SixNd ignored -> update(SIX_ND, ordinal);
                case RunsTogether.Flops.PerToken(double perToken) -> update(PER_TOKEN, perToken, ordinal);
            }
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Rows in the file's order: what later branches of a run replace. */
    private final class Orders implements PointCursor.Runs {
        private RunOrder order = new RunOrder();

        @Override
        public void row(int ordinal, TableRow row) {
            order.add(row);
        }

        @Override
        public void end(int ordinal) throws SQLException {
            long setApart = 0;
            for (RunOrder.Replaced replaced : order.replaced()) {
                setApart += update(REPLACED, ordinal, replaced.beforeLine(), replaced.fromTokens());
            }
            if (order.lastLine() < Integer.MAX_VALUE) {
                update(BEHIND, ordinal, order.lastLine());
            }
            findings.addAll(order.findings(setApart));
            ordinals.add(ordinal);
            repeatedTrainings.add(order.isRepeatedTraining());
            order = new RunOrder();
        }
    }

    /** Rows ascending by D: steps that stand there twice. */
    private final class Series implements PointCursor.Runs {
        private final List<Integer> lines = new ArrayList<>();
        private int ended;

        @Override
        public void row(int ordinal, TableRow row) throws SQLException {
            if (series.size() == ended) {
                series.add(new RunSeries(repeatedTrainings.get(ended)));
            }
            OptionalInt replaced = series.getLast().add(row, findings);
            if (replaced.isPresent()) {
                lines.add(replaced.getAsInt());
            }
            if (lines.size() == PointCursor.FETCH) {
                delete(ordinal);
            }
        }

        @Override
        public void end(int ordinal) throws SQLException {
            series.getLast().finish();
            ended++;
            delete(ordinal);
        }

        private void delete(int ordinal) throws SQLException {
            if (!lines.isEmpty()) {
                update(LINES, ordinal, connection.createArrayOf("integer", lines.toArray()));
                lines.clear();
            }
        }
    }
}
