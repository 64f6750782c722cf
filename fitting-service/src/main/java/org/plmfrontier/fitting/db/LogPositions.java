package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;

/** How far each log is kept, as a whole and for each study. A position never goes back. */
final class LogPositions {
    private static final String WHOLE = "";

    private static final String KEEP = """
            insert into log_position (log, study_id, partition, next_offset) values (?, ?, ?, ?)
            on conflict (log, study_id, partition) do update
            set next_offset = greatest(log_position.next_offset, excluded.next_offset)
            """;

    private static final String READ = "select study_id, partition, next_offset from log_position where log = ?";

    private static final String READ_ONE_LOG = """
            select study_id, partition, next_offset from log_position
            where study_id in (
                select study_id from log_position where study_id <> '' group by study_id having count(distinct log) = 1)
            """;

    private LogPositions() {}

    static void keep(Connection connection, List<LoggedEvent> events, String log, Offsets readTo) throws SQLException {
        Map<String, Map<Integer, Long>> next = new HashMap<>();
        next.put(WHOLE, readTo.next());
        for (LoggedEvent logged : events) {
            if (!logged.isOfCurves()) {
                continue;
            }
            next.computeIfAbsent(logged.event().studyId(), study -> new HashMap<>())
                    .merge(logged.partition(), logged.offset() + 1, Math::max);
        }
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            for (Map.Entry<String, Map<Integer, Long>> of : next.entrySet()) {
                for (Map.Entry<Integer, Long> position : of.getValue().entrySet()) {
                    statement.setString(1, log);
                    statement.setString(2, of.getKey());
                    statement.setInt(3, position.getKey());
                    statement.setLong(4, position.getValue());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    static Offsets ofWhole(Connection connection, String log) throws SQLException {
        return all(connection, log).getOrDefault(WHOLE, Offsets.NONE);
    }

    static Map<String, Offsets> ofStudies(Connection connection, String log) throws SQLException {
        Map<String, Offsets> positions = all(connection, log);
        positions.remove(WHOLE);
        return positions;
    }

    /** How far the log was read for each study whose events are in a single log. */
    static Map<String, Offsets> ofStudiesOfOneLog(Connection connection) throws SQLException {
        Map<String, Offsets> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ_ONE_LOG);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                add(positions, row);
            }
        }
        return positions;
    }

    private static void add(Map<String, Offsets> positions, ResultSet row) throws SQLException {
        positions.merge(
                row.getString(1),
                Offsets.NONE.with(row.getInt(2), row.getLong(3)),
                (one, other) -> one.with(other.next()));
    }

    private static Map<String, Offsets> all(Connection connection, String log) throws SQLException {
        Map<String, Offsets> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    add(positions, row);
                }
            }
        }
        return positions;
    }
}
