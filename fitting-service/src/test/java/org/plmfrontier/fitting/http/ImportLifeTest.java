package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.intake.ImportStore;
import org.plmfrontier.fitting.intake.Importer;
import org.plmfrontier.fitting.study.ImportedStudy;

/** Imports end, and give way to studies of the suite. */
@QuarkusTest
class ImportLifeTest extends ServiceTest {
    private static final List<String> TABLES =
            List.of("run", "imported_study", "import_finding", "import_finding_count", "published_frontier");

    @Inject
    ImportStore store;

    @Inject
    Importer importer;

    @Inject
    AgroalDataSource dataSource;

    @Test
    void aDeletedImportIsGoneEverywhereAndItsIdIsFree() throws Exception {
        long points = count("select count(*) from step_point where step >= ?", "0");
        importedAndTold("deleted-import", PlantedTable.ofManyRuns(30, 12, 3));
        assertThat(given().get("/q/metrics").asString()).contains("deleted-import");

        given().delete("/imports/deleted-import").then().statusCode(204);
        given().get("/studies/deleted-import").then().statusCode(404);
        given().get("/studies").then().body("id", not(hasItem("deleted-import")));
        for (String table : TABLES) {
            assertThat(count("select count(*) from " + table + " where study_id = ?", "deleted-import"))
                    .as(table)
                    .isZero();
        }
        assertThat(count("select count(*) from step_point where step >= ?", "0"))
                .isEqualTo(points);
        assertThat(lastOf(Topics.FRONTIER, "deleted-import").value()).isNull();
        assertThat(kept()).doesNotContainKey("deleted-import");
        await().atMost(TIMEOUT)
                .until(() -> !given().get("/q/metrics").asString().contains("deleted-import"));

        given().delete("/imports/deleted-import").then().statusCode(404);
        importedAndTold("deleted-import", PlantedTable.ofManyRuns(15, 12, 4));
        given().get("/studies/deleted-import").then().body("runs.size()", equalTo(15));
    }

    @Test
    void aStudyThatBeginsUnderTheIdOfAnImportTakesItAndTheImportIsSetAside() throws Exception {
        String csv = PlantedTable.ofManyRuns(30, 12, 5);
        importedAndTold("shared-id", csv);
        String curves = given().get("/studies/shared-id/curves").asString();
        long lettersBefore = end(Topics.deadLetters(Topics.EVENTS));

        publishAndAwait(PlantedStudy.ofSix("shared-id", 60, 5));
        given().get("/studies/shared-id").then().body("imported", nullValue()).body("runs.size()", equalTo(6));
        given().get("/studies/shared-id~import").then().body("runs.size()", equalTo(30));
        // The points are there at once; the smoothed curve is when the study has been fitted under its new id.
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(given().get("/studies/shared-id~import/curves")
                                .asString()
                                .replace("shared-id~import", "shared-id"))
                        .isEqualTo(curves));
        given().get("/studies/shared-id~import/findings")
                .then()
                .body("counts.ID_TAKEN", equalTo(1))
                .body("findings.sentence", hasItem(containsString("'shared-id~import'")));
        assertThat(end(Topics.deadLetters(Topics.EVENTS))).isEqualTo(lettersBefore);
        assertThat(kept()).containsKey("shared-id~import").doesNotContainKey("shared-id");
        assertThat(store.sharedIds()).isEmpty();

        given().contentType("text/csv")
                .body(csv)
                .post("/imports?study=shared-id")
                .then()
                .statusCode(409)
                .body("detail", containsString("'shared-id'"));
        given().delete("/imports/shared-id").then().statusCode(409).body("detail", containsString("'shared-id'"));
        given().contentType("text/csv")
                .body(csv)
                .post("/imports?study=x~import")
                .then()
                .statusCode(400);
        given().delete("/imports/shared-id~import").then().statusCode(204);
        given().get("/studies/shared-id").then().statusCode(200);
    }

    @Test
    void anImportThatACrashLeftUnderTheIdOfAStudyGivesWayAtTheNextStart() throws Exception {
        publishAndAwait(PlantedStudy.ofMany("crashed-id", 1, 30, 5));
        importedAndTold("before-crash", PlantedTable.ofManyRuns(15, 12, 6));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement copy = connection.prepareStatement("insert into imported_study (study_id, content)"
                        + " select 'crashed-id', content from imported_study where study_id = 'before-crash'")) {
            copy.executeUpdate();
        }
        assertThat(store.sharedIds()).containsExactly("crashed-id");
        importer.separate();
        assertThat(store.sharedIds()).isEmpty();
        assertThat(kept()).containsKey("crashed-id~import");
        assertThat(store.delete("crashed-id~import")).isTrue();
        given().get("/studies/crashed-id").then().statusCode(200).body("runs.size()", equalTo(1));
    }

    private void importedAndTold(String study, String csv) {
        given().contentType("text/csv")
                .queryParam("study", study)
                .body(csv)
                .post("/imports")
                .then()
                .statusCode(201);
        await().atMost(TIMEOUT)
                .until(() -> lastOf(Topics.FRONTIER, study), last -> last != null && last.value() != null);
        await().atMost(TIMEOUT).until(() -> given().get("/q/metrics").asString().contains("\"" + study + "\""));
    }

    /** As a start reads them back. */
    private Map<String, ImportedStudy> kept() {
        Map<String, ImportedStudy> kept = new HashMap<>();
        store.replay(StepThinning.USUAL, study -> kept.put(study.id(), study));
        return kept;
    }

    private long count(String sql, String value) throws Exception {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (sql.contains("step >=")) {
                statement.setLong(1, Long.parseLong(value));
            } else {
                statement.setString(1, value);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Where a topic of one partition ends; 0 while there is none. */
    private long end(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            if (!consumer.listTopics().containsKey(topic)) {
                return 0;
            }
            TopicPartition only = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(only)).get(only);
        }
    }

    /** The last record of a key; null where there is none. */
    private ConsumerRecord<String, byte[]> lastOf(String topic, String key) {
        long end = end(topic);
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
            }
        }
        return found.isEmpty() ? null : found.getLast();
    }
}
