package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.study.Offsets;

/** Studies that are over, with a published frontier that no event of theirs is newer than. */
final class SettledStudies {
    private static final String OVER = """
            select r.study_id, f.sheet ->> 'asOf'
            from run r join published_frontier f using (study_id)
            where r.imported is null
            group by r.study_id, f.sheet
            having bool_and(r.spec is not null and r.state = any (?))
            order by max(r.state_at) desc, r.study_id
            """;

    private SettledStudies() {}

    /** The one with the latest event comes first. A study with events in several logs is none: offsets of one say nothing of others. */
    static List<String> read(Connection connection) throws SQLException {
        Map<String, Offsets> observed = LogPositions.ofStudiesOfOneLog(connection);
        List<String> settled = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OVER)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            Arrays.stream(RunState.values())
                                    .filter(RunState::isFinal)
                                    .map(Enum::name)
                                    .toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String study = row.getString(1);
                    String asOf = row.getString(2);
                    if (asOf != null && Offsets.parse(asOf).equals(observed.get(study))) {
                        settled.add(study);
                    }
                }
            }
        }
        return settled;
    }
}
