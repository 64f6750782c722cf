package org.plmfrontier.fitting.db;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.digest.Sha256;

/**
 * The last published frontier, verdicts and predictions of each study, for views that dashboards read. Predictions change a few
 * times in the life of a run and are as many as runs and stages, so those that this process has written are not written again.
 * Thread-safe.
 */
@ApplicationScoped
public class PublishedFrontiers {
    private static final String KEEP_ALL = """
            insert into published_frontier (study_id, sheet, plateaus, predictions)
            values (?, ?::jsonb, ?::jsonb, ?::jsonb)
            on conflict (study_id) do update
            set sheet = excluded.sheet, plateaus = excluded.plateaus,
                predictions = coalesce(excluded.predictions, published_frontier.predictions), published_at = now()""";
    private static final String KEEP_REST = """
            update published_frontier set sheet = ?::jsonb, plateaus = ?::jsonb, published_at = now()
            where study_id = ? and predictions is not null""";

    private final AgroalDataSource dataSource;
    private final Map<String, String> written = new ConcurrentHashMap<>();

    public PublishedFrontiers(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Replaces what was kept of the study.
     *
     * @param sheet the frontier as JSON
     * @param plateaus the verdicts of its runs as JSON
     * @param predictions the sealed predictions of its runs and what came, as JSON; null where they are not known now, which
     *     leaves those that were kept
     */
    public void keep(String studyId, byte[] sheet, byte[] plateaus, byte @Nullable [] predictions) {
        String hash = predictions == null ? null : Sha256.hex(predictions);
        try (Connection connection = dataSource.getConnection()) {
            if (hash != null
                    && hash.equals(written.get(studyId))
                    && keepRest(connection, studyId, text(sheet), text(plateaus))) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(KEEP_ALL)) {
                statement.setString(1, studyId);
                statement.setString(2, text(sheet));
                statement.setString(3, text(plateaus));
                statement.setString(4, predictions == null ? null : text(predictions));
                statement.executeUpdate();
            }
            if (hash != null) {
                written.put(studyId, hash);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot keep the frontier of study " + studyId, e);
        }
    }

    /** Whether there are predictions of the study to be left as they are; it may have been deleted since. */
    private static boolean keepRest(Connection connection, String studyId, String sheet, String plateaus)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP_REST)) {
            statement.setString(1, sheet);
            statement.setString(2, plateaus);
            statement.setString(3, studyId);
            return statement.executeUpdate() == 1;
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
