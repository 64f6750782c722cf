package org.plmfrontier.fitting.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;

/** Results of the studies that were asked for last, read again where a row has come, changed or gone. Thread-safe. */
final class ReadEvaluations {
    /** A study of 300 runs with four states each and four evaluations has some 10 MiB of them. */
    private static final int MOST_STUDIES = 4;

    private final Map<String, Read> kept = new LinkedHashMap<>(16, 0.75F, true);

    private record Read(EvaluationTable.Version version, List<DownstreamEvaluated> results) {}

    List<DownstreamEvaluated> of(Connection connection, String studyId) throws SQLException {
        EvaluationTable.Version version = EvaluationTable.version(connection, studyId);
        synchronized (kept) {
            Read known = kept.get(studyId);
            if (known != null && known.version().equals(version)) {
                return known.results();
            }
        }
        List<DownstreamEvaluated> results = List.copyOf(EvaluationTable.read(connection, studyId));
        synchronized (kept) {
            kept.put(studyId, new Read(version, results));
            if (kept.size() > MOST_STUDIES) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return results;
    }
}
