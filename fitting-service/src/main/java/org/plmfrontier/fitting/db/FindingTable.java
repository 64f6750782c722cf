package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.intake.ImportStore.Findings;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;

/** Rows of import_finding and import_finding_count. */
final class FindingTable {
    private static final String INSERT = "insert into import_finding values (?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_COUNT = "insert into import_finding_count values (?, ?, ?)";
    private static final String SELECT = "select kind, line, column_name, run, sentence from import_finding"
            + " where study_id = ? order by ordinal limit ?";
    private static final String SELECT_COUNTS = "select kind, findings from import_finding_count where study_id = ?";

    private FindingTable() {}

    static void insert(Connection connection, String studyId, FindingLog findings) throws SQLException {
        List<Finding> listed = findings.list();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < listed.size(); i++) {
                Finding finding = listed.get(i);
                statement.setString(1, studyId);
                statement.setInt(2, i);
                statement.setString(3, finding.kind().name());
                statement.setInt(4, finding.line());
                statement.setString(5, finding.column());
                statement.setString(6, finding.run());
                statement.setString(7, finding.sentence());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_COUNT)) {
            for (Map.Entry<Finding.Kind, Long> count : findings.counts().entrySet()) {
                statement.setString(1, studyId);
                statement.setString(2, count.getKey().name());
                statement.setLong(3, count.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static Findings read(Connection connection, String studyId, int most) throws SQLException {
        Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
        List<Finding> first = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_COUNTS)) {
            statement.setString(1, studyId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(Finding.Kind.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, studyId);
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    first.add(new Finding(
                            Finding.Kind.valueOf(rows.getString(1)),
                            rows.getInt(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5)));
                }
            }
        }
        return new Findings(counts, first);
    }
}
