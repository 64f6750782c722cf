package org.plmfrontier.fitting.db;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The last published frontier and verdicts of each study, for views that dashboards read. Thread-safe. */
@ApplicationScoped
public class PublishedFrontiers {
    private static final String KEEP = """
            insert into published_frontier (study_id, sheet, plateaus) values (?, ?::jsonb, ?::jsonb)
            on conflict (study_id) do update
            set sheet = excluded.sheet, plateaus = excluded.plateaus, published_at = now()""";

    private final AgroalDataSource dataSource;

    public PublishedFrontiers(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Replaces what was kept of the study.
     *
     * @param sheet the frontier as JSON
     * @param plateaus the verdicts of its runs as JSON
     */
    public void keep(String studyId, byte[] sheet, byte[] plateaus) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, studyId);
            statement.setString(2, new String(sheet, StandardCharsets.UTF_8));
            statement.setString(3, new String(plateaus, StandardCharsets.UTF_8));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot keep the frontier of study " + studyId, e);
        }
    }
}
