package org.plmfrontier.dataset.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;

/** Runs that an earlier version planned have all of their slices. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class SlicesAheadMigrationTest {
    private static final String SCHEMA = "before_slices_ahead";

    @Inject
    AgroalDataSource database;

    @Test
    void aRunOfBeforeEndsWhereItsLastBudgetDoes() throws Exception {
        flyway("2.2").migrate();
        int records = 3 * FrozenRecipes.byName().get("frontier-default").recordsPerStep();
        RunSpec run = RunSpecBuilder.builder()
                .studyId("s")
                .runId("r")
                .name("r")
                .shape(ModelShape.esm2(1, 16, 2))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .corpus(Profiles.corpus(Profiles.loads(30, 1)))
                .budgets(List.of(new RunSpec.Budget(1e3, records), new RunSpec.Budget(4e3, 4L * records)))
                .expectedFlops(1e9)
                .build();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("insert into " + SCHEMA
                        + ".run values ('r', 's', 0, ?, 0, 5, 1e9, 'TRAINING', 3, 10, 1e6, 0, now())")) {
            statement.execute("insert into " + SCHEMA + ".study values ('s', '{}', true, 1e9, now(), null)");
            insert.setString(1, JsonColumn.write(run));
            insert.executeUpdate();
        }
        flyway("latest").migrate();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select planned_step, end_step, device_flops_per_second from " + SCHEMA + ".run")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isEqualTo(12);
            assertThat(row.getLong(2)).isEqualTo(12);
            assertThat(row.getObject(3)).isNull();
        }
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .locations("db/migration")
                .target(target)
                .load();
    }
}
