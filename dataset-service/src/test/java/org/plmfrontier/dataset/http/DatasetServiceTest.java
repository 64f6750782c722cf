package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.dataset.Topic;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.study.JobLog;

/** The service as its users see it, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DatasetServiceTest {
    private static final long SEED = 20240611;
    private static final String SMALL = "{\"family\":\"ESM2\",\"layers\":1,\"dModel\":16,\"ffnSize\":64,\"heads\":2}";
    private static final String LARGE = "{\"family\":\"ESM2\",\"layers\":2,\"dModel\":64,\"ffnSize\":256,\"heads\":4}";

    @TempDir
    static Path folder;

    @Inject
    KafkaClients clients;

    @Inject
    JobLog jobLog;

    private List<String> proteins;
    private String corpus;

    @BeforeEach
    void aSmallCorpus() {
        System.out.println("seed " + SEED);
        proteins = Fasta.proteins(400, 10, 60, SEED);
        corpus = ready(Fasta.write(folder.resolve("small.fasta"), proteins));
    }

    @Test
    void everyResidueReachesTheTokenLogsExactlyOnce() {
        List<TokenBatch> training = Topic.batches(Topics.tokens(corpus));
        List<TokenBatch> heldOut = Topic.batches(Topics.heldOut(corpus));
        List<TokenBatch> all = new ArrayList<>(training);
        all.addAll(heldOut);
        assertThat(Sequences.letters(all)).isEqualTo(proteins.stream().sorted().toList());
        assertThat(Sequences.letters(heldOut)).hasSize(20);
        assertThat(training).extracting(TokenBatch::index).isSorted().doesNotHaveDuplicates();
        assertThat(training.getLast().index()).isEqualTo(training.size() - 1);
        assertThat(training).allMatch(batch -> batch.paddedLoad().tokens() <= 512);
        assertThat(training).allMatch(batch -> batch.corpusId().equals(corpus));
    }

    @Test
    void theManifestSaysWhatTheLogsHold() {
        List<TokenBatch> training = Topic.batches(Topics.tokens(corpus));
        JsonPath manifest = given().get("/corpora/" + corpus).then().extract().jsonPath();
        assertThat(manifest.getLong("manifest.records")).isEqualTo(training.size());
        assertThat(manifest.getLong("manifest.tokens"))
                .isEqualTo(training.stream()
                        .mapToLong(batch -> batch.tokens().length)
                        .sum());
        assertThat(manifest.getLong("manifest.heldOutRecords"))
                .isEqualTo(Topic.batches(Topics.heldOut(corpus)).size());
        assertThat(manifest.getLong("manifest.counts.kept")).isEqualTo(400);
        assertThat(manifest.getLong("manifest.counts.heldOut")).isEqualTo(20);
        assertThat(manifest.getDouble("manifest.references.unigramNats")).isBetween(2.9, 3.1);
    }

    @Test
    void askingAgainForTheSameCorpusGivesTheOneThatIsThere() {
        long before = Topic.read(Topics.tokens(corpus)).size();
        Path copy = Fasta.write(folder.resolve("copy.fasta"), proteins);
        ask(copy, "").statusCode(200).body("id", equalTo(corpus)).body("state", equalTo("READY"));
        assertThat(Topic.read(Topics.tokens(corpus))).hasSize((int) before);
    }

    @Test
    void aCorpusThatCannotBeReadFailsWithItsReason() {
        Path few = Fasta.write(folder.resolve("few.fasta"), Fasta.proteins(5, 40, 50, SEED));
        String id = ask(few, "").statusCode(202).extract().path("id");
        Awaitility.await()
                .untilAsserted(() -> given().get("/corpora/" + id)
                        .then()
                        .body("state", equalTo("FAILED"))
                        .body("error", containsString("5 usable proteins")));
    }

    @Test
    void impossibleCorporaAreRefusedWithTheirField() {
        refused("/corpora", "{\"sources\":[\"/no/such.fasta\"]}", "sources[0]", "not a readable file");
        refused("/corpora", "{\"sources\":[]}", "sources", "at least one");
        refused("/corpora", "{\"sources\":[\"/x\"],\"maxLength\":2}", "maxLength", "at least 3");
        refused("/corpora", "{\"sources\":[\"/x\"],\"batchTokens\":10}", "batchTokens", "maxLength");
        refused("/corpora", "{\"sources\":[\"/x\"],\"seedd\":10}", "seedd", "seedd");
        refused("/corpora", "{\"sources\":[\"/x\"],\"seed\":\"x\"}", "seed", "not a valid");
        given().contentType(ContentType.JSON)
                .body("{\"sources")
                .post("/corpora")
                .then()
                .statusCode(400);
        given().get("/corpora/nothing").then().statusCode(404).contentType("application/problem+json");
        given().get("/nothing").then().statusCode(404);
    }

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
        List<RunSpec> announced = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.EVENTS)) {
            if (record.headers().lastHeader(EventFormat.TYPE) != null
                    && EventFormat.decode(Topic.headers(record), record.value()) instanceof TrainingEvent.RunPlanned run
                    && run.studyId().equals("announced")) {
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
                .containsExactlyInAnyOrderElementsOf(jobs.values().stream()
                        .flatMap(List::stream)
                        .map(job -> new JobLog.JobKey(job.run().runId(), job.slice()))
                        .toList());
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
        refused("/studies", rate, "recipe.schedule", "peakLearningRate");
    }

    @Test
    void progressFollowsTheEventsAndRepetitionsChangeNothing() {
        submit(study("progress", "2000")).statusCode(201);
        BatchJob first = jobs("progress").values().iterator().next().getFirst();
        RunSpec run = first.run();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        List<TrainingEvent> events = List.of(
                new TrainingEvent.RunStateChanged("progress", run.runId(), RunState.TRAINING, 0, "", at),
                new TrainingEvent.SliceCompleted(
                        "progress", run.runId(), 0, 3, first.toRecord(), 900, first.expectedFlops(), "c", "t", at));
        double before = remainingFlops();
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(Topics.EVENTS, run.runId(), "no event".getBytes(StandardCharsets.UTF_8)));
            events.forEach(event -> send(producer, event));
            events.forEach(event -> send(producer, event));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Object> seen = given().get("/studies/progress/runs")
                    .jsonPath()
                    .getMap("find { it.runId == '" + run.runId() + "' }");
            assertThat(seen)
                    .containsEntry("state", "TRAINING")
                    .containsEntry("lastSlice", 0)
                    .containsEntry("step", 3);
        });
        double after = remainingFlops();
        assertThat(before - after).isEqualTo(first.expectedFlops());
        given().get("/studies/progress").then().body("state", equalTo("TRAINING"));
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics).contains("plm_runs{state=\"TRAINING\"}").contains("plm_remaining_flops");
        assertThat(metrics).contains("plm_events_skipped_total{reason=\"undecodable\"}");
    }

    @Test
    void aRecordThatIsNoEventIsKeptAsItCameAndTheRestFlows() {
        submit(study("poison", "2000")).statusCode(201);
        BatchJob first = jobs("poison").values().iterator().next().getFirst();
        String run = first.run().runId();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(Topics.EVENTS, run, "poison".getBytes(StandardCharsets.UTF_8)));
            send(producer, new TrainingEvent.RunStateChanged("poison", run, RunState.TRAINING, 0, "", at));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            given().get("/studies/poison").then().body("state", equalTo("TRAINING"));
            ConsumerRecord<String, byte[]> letter = Topic.read(Topics.deadLetters(Topics.EVENTS)).stream()
                    .filter(record -> run.equals(record.key()))
                    .findFirst()
                    .orElseThrow();
            assertThat(letter.value()).asString().isEqualTo("poison");
            assertThat(Topic.headers(letter).get("dead-letter-reason"))
                    .asString()
                    .contains("no header ce_type");
            assertThat(Topic.headers(letter).get("dead-letter-topic"))
                    .asString()
                    .isEqualTo(Topics.EVENTS);
            assertThat(Topic.headers(letter).get("dead-letter-offset"))
                    .asString()
                    .matches("\\d+");
            assertThat(Topic.headers(letter).get("dead-letter-by")).asString().isEqualTo("dataset-service");
        });
    }

    @Test
    void aCompletedStudyIsExtendedAndItsRunsGoOn() {
        submit(study("longer", "2000")).statusCode(201);
        Map<String, List<BatchJob>> before = jobs("longer");
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        try (Producer<String, byte[]> producer = clients.bulkProducer()) {
            before.values().forEach(jobs -> {
                BatchJob last = jobs.getLast();
                String run = last.run().runId();
                send(producer, new TrainingEvent.RunStateChanged("longer", run, RunState.COMPLETED, 9, "", at));
                send(
                        producer,
                        new TrainingEvent.SliceCompleted(
                                "longer", run, last.slice(), 9, last.toRecord(), 2000, 1e9, "c", "t", at));
            });
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/studies/longer").then().body("state", equalTo("COMPLETED")));
        String further = "{\"tokenBudgets\":[4000],\"shapes\":[" + SMALL + "]}";
        extend("longer", further)
                .statusCode(200)
                .body("state", equalTo("TRAINING"))
                .body("tokenBudgets", equalTo(List.of(2000f, 4000f)))
                .body("runs.state", equalTo(List.of("TRAINING", "TRAINING")));
        Map<String, List<BatchJob>> after = jobs("longer");
        before.forEach((run, jobs) -> {
            List<BatchJob> all = after.get(run);
            assertThat(all.subList(0, jobs.size())).isEqualTo(jobs);
            assertThat(all.get(jobs.size()).slice()).isEqualTo(jobs.size());
            assertThat(all.get(jobs.size()).fromRecord())
                    .isEqualTo(jobs.getLast().toRecord());
        });
        extend("longer", further).statusCode(200);
        assertThat(jobs("longer")).isEqualTo(after);
        submit(study("longer", "2000")).statusCode(200);
        extend("longer", "{\"tokenBudgets\":[3000]}").statusCode(400).body("field", equalTo("tokenBudgets[0]"));
        extend("longer", "{}").statusCode(400).body("field", equalTo("tokenBudgets"));
        extend("nothing", further).statusCode(404);
    }

    private static ValidatableResponse extend(String study, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/studies/" + study + "/extend")
                .then();
    }

    @Test
    void commandsReachTheirTopicAndAResumedRunGetsItsOpenJobsAgain() throws Exception {
        submit(study("commanded", "2000")).statusCode(201);
        String runId = jobs("commanded").keySet().iterator().next();
        int slices = jobs("commanded").get(runId).size();
        command(runId, "STOP").statusCode(202).body("action", equalTo("STOP"));
        command(runId, "RESUME").statusCode(202);
        List<RunCommand> commands = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.COMMANDS)) {
            if (record.key().equals(runId)) {
                commands.add(WireFormat.decode(record.value(), RunCommand.class));
            }
        }
        assertThat(commands)
                .extracting(RunCommand::action)
                .containsExactly(RunCommand.Action.STOP, RunCommand.Action.RESUME);
        assertThat(jobs("commanded").get(runId)).hasSize(2 * slices);
        command("nobody", "STOP").statusCode(404);
        command(runId, "DANCE").statusCode(400).body("field", equalTo("action"));
    }

    @Test
    void theServiceIsHealthyAndDescribesItself() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/openapi?format=json").then().statusCode(200).body("paths.'/studies'.post", notNullValue());
        given().get("/corpora/" + corpus).then().body("error", nullValue()).body("progress", nullValue());
    }

    private static double remainingFlops() {
        JsonPathConfig exact = new JsonPathConfig(JsonPathConfig.NumberReturnType.DOUBLE);
        return given().get("/scaling").jsonPath(exact).getDouble("remainingFlops");
    }

    private static ValidatableResponse command(String runId, String action) {
        return given().contentType(ContentType.JSON)
                .body("{\"action\":\"" + action + "\",\"reason\":\"a test\",\"by\":\"the test\"}")
                .post("/runs/" + runId + "/commands")
                .then();
    }

    private static void send(Producer<String, byte[]> producer, TrainingEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/test")
                .forEach((name, value) -> record.headers().add(name, value));
        Future<RecordMetadata> unused = producer.send(record);
    }

    private static Map<String, List<BatchJob>> jobs(String study) {
        Map<String, List<BatchJob>> jobs = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : Topic.read(Topics.JOBS)) {
            try {
                BatchJob job = WireFormat.decode(record.value(), BatchJob.class);
                if (job.run().studyId().equals(study)) {
                    jobs.computeIfAbsent(job.run().runId(), key -> new ArrayList<>())
                            .add(job);
                }
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        }
        return jobs;
    }

    private static long flops(BatchJob job, List<TokenBatch> log) {
        SequenceLoad load = SequenceLoad.NONE;
        for (long position = job.fromRecord(); position < job.toRecord(); position++) {
            load = load.plus(log.get((int) (position % log.size())).load());
        }
        return FlopCount.training(job.run().shape(), load);
    }

    private String study(String id, String budgets) {
        return """
                {"id":"%s","corpus":"%s","shapes":[%s,%s],"tokenBudgets":[%s],
                 "recipe":{"name":"frontier-default","threads":1},"seeds":[7]}""".formatted(id, corpus, SMALL, LARGE, budgets);
    }

    private static ValidatableResponse submit(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/studies").then();
    }

    private static void refused(String path, String body, String field, String detail) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("detail", containsString(detail));
    }

    private static ValidatableResponse ask(Path file, String more) {
        return given().contentType(ContentType.JSON)
                .body("""
                        {"sources":["%s"],"heldOutSequences":20,"maxLength":64,"batchTokens":512,"seed":3,"minLength":5%s}""".formatted(file, more))
                .post("/corpora")
                .then();
    }

    private static String ready(Path file) {
        String id = ask(file, "").extract().path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/corpora/" + id).then().body("state", equalTo("READY")));
        return id;
    }
}
