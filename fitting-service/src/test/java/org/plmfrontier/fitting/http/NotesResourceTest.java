package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;

@QuarkusTest
class NotesResourceTest extends ServiceTest {
    private static final String EMPTY = "{}";

    @Test
    void notesOfAStudyAndItsRunsAreKeptUntilTheyAreEmptied() {
        PlantedStudy planted = PlantedStudy.ofSix("noted", 60, 5);
        publishAndAwait(planted);
        String run = planted.specs().getFirst().runId();
        write("/studies/noted/notes", """
                {"text":" first line\\nsecond ","tags":["baseline","lr-sweep","baseline"]}""")
                .statusCode(200)
                .body("study", equalTo("noted"))
                .body("run", nullValue())
                .body("text", equalTo("first line\nsecond"))
                .body("tags", equalTo(java.util.List.of("baseline", "lr-sweep")))
                .body("updatedAt", notNullValue());
        write("/studies/noted/notes/" + run, "{\"tags\":[\"odd\"]}")
                .statusCode(200)
                .body("run", equalTo(run));
        given().get("/studies/noted/notes")
                .then()
                .body("", hasSize(2))
                .body("[0].run", nullValue())
                .body("[1].tags", equalTo(java.util.List.of("odd")));
        given().get("/notes")
                .then()
                .body("findAll { it.study == 'noted' }", hasSize(1))
                .body("find { it.study == 'noted' }.tags", hasItem("baseline"));
        write("/studies/noted/notes", EMPTY).statusCode(200);
        given().get("/studies/noted/notes").then().body("", hasSize(1));
        given().get("/notes").then().body("study", not(hasItem("noted")));
    }

    @Test
    void notesGoWithTheirStudy() {
        PlantedStudy planted = PlantedStudy.ofSix("noted-deleted", 60, 5);
        publishAndAwait(planted);
        write("/studies/noted-deleted/notes", "{\"text\":\"old\"}").statusCode(200);
        write("/studies/noted-deleted/notes/" + planted.specs().getFirst().runId(), "{\"text\":\"old\"}")
                .statusCode(200);
        publish(planted.deletions());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> studies.find("noted-deleted").isEmpty());
        publishAndAwait(PlantedStudy.ofSix("noted-deleted", 60, 6));
        given().get("/studies/noted-deleted/notes").then().body("", hasSize(0));
    }

    @Test
    void whatIsWrongWithANoteIsSaid() {
        publishAndAwait(PlantedStudy.ofSix("noted-wrongly", 60, 5));
        String path = "/studies/noted-wrongly/notes";
        refused(path, "{\"tags\":[\"two words\"]}", "tags");
        refused(path, "{\"text\":\"" + "a".repeat(4001) + "\"}", "text");
        refused(path, "{\"text\":\"bell \\u0007\"}", "text");
        refused(path, "{\"tag\":[\"a\"]}", "tag");
        write(path + "/nobody", EMPTY).statusCode(404);
        write("/studies/noted-nowhere/notes", EMPTY).statusCode(404).body("detail", containsString("noted-nowhere"));
        given().get("/studies/noted-nowhere/notes").then().statusCode(404);
    }

    private static void refused(String path, String body, String field) {
        write(path, body).statusCode(400).body("field", equalTo(field));
    }

    private static ValidatableResponse write(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).put(path).then();
    }
}
