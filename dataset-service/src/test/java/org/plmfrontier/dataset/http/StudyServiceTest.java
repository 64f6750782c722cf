package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.study.JobLog;

/** Studies as users of the service see them, up to the jobs on their topic. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class StudyServiceTest extends ServiceScene {
    @Test
    void aStudyBecomesContiguousJobsOnTheRightPartitionsWithExactFlops() {
        String id = "jobs";
        submit(study(id, "1500, 6000")).statusCode(201).body("state", equalTo("PLANNED"));
        List<TokenBatch> log = Topic.batches(Topics.tokens(corpus));
        Map<String, List<BatchJob>> jobs = jobs(id);
        List<Map<String, Object>> runs =
                given().get("/studies/" + id + "/runs").jsonPath().getList("");
        assertThat(runs).hasSize(2);
        for (Map<String, Object> run : runs) {
            List<BatchJob> slices = jobs.get(run.get("runId"));
            assertThat(slices).hasSize((Integer) run.get("slices"));
            long exact = 0;
            long position = 0;
            for (BatchJob slice : slices) {
                assertThat(slice.fromRecord()).isEqualTo(position);
                long flops = flops(slice, log);
                assertThat(slice.expectedFlops()).isEqualTo((double) flops);
                exact += flops;
                position = slice.toRecord();
            }
            RunSpec spec = slices.getFirst().run();
            assertThat(spec.expectedFlops()).isEqualTo((double) exact);
            assertThat(position).isEqualTo(spec.endRecord());
            assertThat(slices)
                    .extracting(BatchJob::toRecord)
                    .contains(spec.budgets().getFirst().endRecord());
        }
    }

    @Test
    void jobsOfARunShareThePartitionThatRestNames() {
        String id = "partitions";
        submit(study(id, "2000")).statusCode(201);
        Map<Object, Object> partitions = new HashMap<>();
        given().get("/studies/" + id + "/runs")
                .jsonPath()
                .<Map<String, Object>>getList("")
                .forEach(run -> partitions.put(run.get("runId"), run.get("partition")));
        List<ConsumerRecord<String, byte[]>> records = Topic.read(Topics.JOBS).stream()
                .filter(record -> partitions.containsKey(record.key()))
                .toList();
        assertThat(records)
                .isNotEmpty()
                .allMatch(record -> partitions.get(record.key()).equals(record.partition()));
        assertThat(partitions.values()).doesNotHaveDuplicates();
    }

    @Test
    void everyRunIsAnnouncedBeforeItsJobs() throws Exception {
        submit(study("announced", "2000")).statusCode(201);
        List<String> runs = given().get("/studies/announced/runs").jsonPath().getList("runId");
        List<RunSpec> announced = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.EVENTS)) {
            if (runs.contains(record.key())
                    && EventFormat.decode(Topic.headers(record), record.value())
                            instanceof TrainingEvent.RunPlanned run) {
                announced.add(run.run());
            }
        }
        assertThat(announced).hasSize(2);
        assertThat(announced).extracting(run -> run.corpus().id()).containsOnly(corpus);
    }

    @Test
    void theJobsOnTheTopicAreFoundAgain() {
        submit(study("found", "1500, 6000")).statusCode(201);
        Map<String, List<BatchJob>> jobs = jobs("found");
        assertThat(jobLog.published(jobs.keySet()))
                .extracting(JobLog.Placed::job)
                .containsExactlyInAnyOrderElementsOf(
                        jobs.values().stream().flatMap(List::stream).toList());
        assertThat(jobLog.published(List.of("nobody"))).isEmpty();
    }

    @Test
    void theSameStudyAgainIsNoSecondStudy() {
        String body = study("twice", "2000");
        submit(body).statusCode(201);
        int before = jobs("twice").values().stream().mapToInt(List::size).sum();
        submit(body).statusCode(200).body("id", equalTo("twice"));
        assertThat(jobs("twice").values().stream().mapToInt(List::size).sum()).isEqualTo(before);
        submit(study("twice", "3000")).statusCode(409).contentType("application/problem+json");
    }

    @Test
    void aStudyOfTheModernBlockIsPreviewedAndPostedWithTheCountsOfItsShapes() {
        String decoder = """
                {"family":"MODERN_CAUSAL","layers":1,"dModel":32,"ffnSize":128,"heads":2,"qkNorm":true}""";
        String body = study("modern-block", "3000").replace(SMALL, decoder).replace(LARGE, "\"modern-5M\"");
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/studies?preview=true")
                .then()
                .statusCode(200)
                .body("runs.parameters.table6", hasItems(18240, 5097600))
                .body("runs.parameters.exact", hasItems(18368, 5100480));
        submit(body).statusCode(201);
        given().get("/studies/modern-block/runs")
                .then()
                .statusCode(200)
                .body("parameters.table6", hasItems(18240, 5097600));
        assertThat(jobs("modern-block").values().stream().flatMap(List::stream))
                .extracting(job -> job.run().shape())
                .contains(
                        ModelShape.modern(4, 320, 20),
                        ModelShape.modernCausal(1, 32, 2).withQkNorm());
        refused(
                "/studies",
                study("r", "2000").replace(SMALL, decoder.replace("_CAUSAL", "").replace("MODERN", "ESM2")),
                "shapes[0].qkNorm",
                "ESM2");
    }

    @Test
    void aBudgetBecomesAStudyWhosePlanSaysWhyAndStaysTheSame() {
        String file = """
                {"id": "of-a-budget", "corpus": "%s", "budget": "1e13 FLOPs", "maxEpochs": 5000}""".formatted(corpus);
        given().contentType(ContentType.JSON)
                .body(file)
                .queryParam("preview", true)
                .post("/studies")
                .then()
                .statusCode(200)
                .body("choices.size()", equalTo(5))
                .body("choices[3]", containsString("at most 5000 of"))
                .body("runs[0].cells[0].flops", greaterThan(0f));
        submit(file).statusCode(201).body("budget", equalTo("1e13 FLOPs")).body("flopBudgets.size()", equalTo(7));
        submit(file).statusCode(200);
        refused("/studies", file.replace("1e13 FLOPs", "soon"), "budget", "20 minutes here");
        refused("/studies", file.replace("}", ", \"tokenBudgets\": [\"1M\"]}"), "budget", "not several");
        given().contentType(ContentType.JSON)
                .body(file.replace("1e13 FLOPs", "2e13 FLOPs"))
                .post("/studies")
                .then()
                .statusCode(409);
    }

    @Test
    void sizesAndAmountsMayBeWrittenAsPeopleDo() {
        String file = """
                {"id": "as-written", "corpus": "%s", "sizes": "5k..40k, 3", "flopBudgets": ["20G", "80G"],
                 "recipe": {"name": "frontier-default", "schedule": {"kind": "constant", "peakLearningRate": 3e-3,
                 "warmupTokens": 0}}}""".formatted(corpus);
        submit(file).statusCode(201).body("shapes.size()", equalTo(3)).body("flopBudgets", hasItems(2e10f, 8e10f));
        given().contentType(ContentType.JSON)
                .body("{\"flopBudgets\": [\"160G\"]}")
                .post("/studies/as-written/extend")
                .then()
                .statusCode(200)
                .body("flopBudgets.size()", equalTo(3));
        refused("/studies/as-written/extend", "{\"tokenBudgets\": [1e9]}", "tokenBudgets", "flopBudgets");
        refused("/studies", file.replace("5k..40k, 3", "40k..5k, 3"), "sizes", "ascend");
        refused("/studies", file.replace("80G", "80 G"), "flopBudgets[1]", "20M");
    }

    @Test
    void aPublishedStudyIsScaledDownByStatedRules() {
        String file = """
                {"id": "scaled", "corpus": "%s", "preset": "serrano-2024", "scale": 1e-10, "maxEpochs": 1000}""".formatted(corpus);
        given().contentType(ContentType.JSON)
                .body(file)
                .queryParam("preview", true)
                .post("/studies")
                .then()
                .statusCode(200)
                .body("budgetValues", hasItems(65000f, 208000f))
                .body("choices[1]", containsString("each times 1.00e-05"));
        refused("/studies", file.replace("serrano-2024", "serrano-2025"), "preset", "serrano-2024-decay");
        refused("/studies", file.replace("1e-10", "2"), "scale", "(0, 1]");
        refused("/studies", file.replace("}", ", \"budget\": \"1h\"}"), "budget", "its own");
    }

    @Test
    void whatElseIsWrongIsToldAlthoughTheCorpusIsNotThereYet() {
        submit("{\"tokenBudgets\": [\"3M\", \"2M\"], \"shapes\": [\"5M\"], \"seeds\": []}")
                .statusCode(400)
                .body("errors.field", hasItems("corpus", "tokenBudgets[1]"));
        submit("{\"budget\": \"soon\"}").statusCode(400).body("errors.field", hasItems("corpus", "budget"));
    }

    @Test
    void impossibleStudiesAreRefusedWithTheirField() {
        refused("/studies", study("r", "10"), "tokenBudgets[0]", "below one step");
        refused("/studies", study("r", "3000, 2000"), "tokenBudgets[1]", "must exceed");
        String odd = "{\"family\":\"ESM2\",\"layers\":1,\"dModel\":33,\"ffnSize\":64,\"heads\":2}";
        refused("/studies", study("r", "2000").replace(LARGE, odd), "shapes[1].dModel", "divisible by heads");
        refused("/studies", study("r", "2000").replace(LARGE, "\"7M\""), "shapes[1]", "unknown shape");
        refused("/studies", study("r", "2000").replace("frontier-default", "mine"), "recipe.name", "unknown recipe");
        refused("/studies", study("r", "2000").replace(corpus, "0000"), "corpus", "no corpus");
        refused("/studies", study("R!", "2000"), "id", "a-z");
        refused("/studies", "{}", "corpus", "missing");
        String rate = study("r", "2000").replace("\"threads\":1", "\"schedule\":{\"peakLearningRate\":-1}");
        refused("/studies", rate, "recipe.schedule.peakLearningRate", "peakLearningRate");
    }

    @Test
    void everythingThatIsWrongWithARequestIsToldAtOnceInItsOwnWords() {
        String study = """
                {"corpsu": "x", "tokenBudgets": [1e3, "many"], "seeds": [1.5],
                 "recipe": {"name": "frontier-default", "schedule": {"kind": "constant", "peakLearningRate": "fast"}},
                 "shapes": ["7M", {"family": "ESM2", "layers": 0, "dModel": 32, "ffnSize": 64, "heads": 2}, {"family": "ESM3"}]}
                """;
        submit(study)
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "corpsu",
                                "corpus",
                                "tokenBudgets[1]",
                                "seeds[0]",
                                "recipe.schedule.peakLearningRate",
                                "shapes[0]",
                                "shapes[1].layers",
                                "shapes[2].family",
                                "shapes[2].heads"))
                .body("detail", containsString("did you mean 'corpus'?"))
                .body("detail", not(containsString("org.plmfrontier")))
                .body("errors.find { it.field == 'shapes[2].family' }.allowed", containsString("ESM2, "));
        given().contentType(ContentType.JSON)
                .body("{\"by\": 5, \"why\": \"\"}")
                .post("/runs/nobody/commands")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("why", "action", "reason"))
                .body("errors.find { it.field == 'action' }.allowed", startsWith("one of STOP, "));
        given().contentType(ContentType.JSON).post("/studies").then().statusCode(400);
        given().contentType(ContentType.JSON)
                .body("{\"a\": }")
                .post("/corpora")
                .then()
                .statusCode(400)
                .body("detail", containsString("line 1, column"));
        given().body(study).contentType("text/plain").post("/studies").then().statusCode(415);
        given().header("Host", "rebound.example").get("/studies").then().statusCode(421);
    }

    private static long flops(BatchJob job, List<TokenBatch> log) {
        SequenceLoad load = SequenceLoad.NONE;
        for (long position = job.fromRecord(); position < job.toRecord(); position++) {
            load = load.plus(log.get((int) (position % log.size())).load());
        }
        return FlopCount.training(job.run().shape(), load);
    }
}
