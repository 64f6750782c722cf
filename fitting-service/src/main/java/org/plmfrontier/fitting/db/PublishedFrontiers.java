package org.plmfrontier.fitting.db;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The last published frontier, verdicts and predictions of each study, for views that dashboards read. Thread-safe. */
@ApplicationScoped
public class PublishedFrontiers {
    private static final String KEEP = """
            insert into published_frontier (study_id, sheet, plateaus, predictions)
            values (?, ?::jsonb, ?::jsonb, ?::jsonb)
            on conflict (study_id) do update
            set sheet = excluded.sheet, plateaus = excluded.plateaus,
                predictions = coalesce(excluded.predictions, published_frontier.predictions), published_at = now()""";

    private final AgroalDataSource dataSource;

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
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, studyId);
            statement.setString(2, new String(sheet, StandardCharsets.UTF_8));
            statement.setString(3, new String(plateaus, StandardCharsets.UTF_8));
            statement.setString(4, predictions == null ? null : new String(predictions, StandardCharsets.UTF_8));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot keep the frontier of study " + studyId, e);
        }
    }
}
