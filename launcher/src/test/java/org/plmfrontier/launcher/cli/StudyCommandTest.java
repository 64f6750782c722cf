package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a service that answers as the dataset service does. */
class StudyCommandTest {
    private static final String CORPUS =
            "{\"id\":\"0123456789abcdef\",\"state\":\"READY\",\"findings\":[],\"manifest\":"
                    + "{\"tokens\":1000,\"records\":3,\"references\":{}}}";
    private static final String PLAN = """
            {"id":"s","corpus":"0123456789abcdef","recipe":{"name":"frontier-default"},"expectedFlops":1e12,
             "choices":["sizes: because"],"omissions":["1 of 2 cells is left out"],"warnings":["odd"],
             "runs":[{"name":"5M","parameters":{"exact":5e6},"expectedFlops":1e12,"epochs":1.5,"deviceHours":0.5,
                      "cells":[{"tokens":1e5},{"tokens":2e5}]}]}
            """;
    private static final String STUDY = """
            {"id":"s","state":"TRAINING","expectedFlops":1e12,"doneFlops":5e11,"createdAt":"2026-01-02T03:04:05.6Z",
             "tokenBudgets":[],"flopBudgets":[1e11],"runs":[{"state":"COMPLETED"},{"state":"TRAINING"}]}
            """;

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private String service = "dataset-service/0.1.0";
    private String corpus = CORPUS;
    private String corpusProblem = "";
    private String studyProblem = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().toString();
            asked.add(exchange.getRequestMethod() + " " + path + (body.isEmpty() ? "" : " " + body));
            boolean corpora = path.startsWith("/corpora");
            String problem = corpora ? corpusProblem : studyProblem;
            if (!problem.isEmpty()) {
                reply(exchange, 400, problem);
            } else if (path.endsWith("/commands")) {
                reply(exchange, 202, "[{\"runId\":\"r1\"},{\"runId\":\"r2\"}]");
            } else if (path.equals("/studies") && body.isEmpty()) {
                reply(exchange, 200, "[" + STUDY + "]");
            } else {
                reply(exchange, 200, corpora ? corpus : path.contains("preview") ? PLAN : STUDY);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPlanIsPrintedWithItsReasonsAndNothingIsStarted() throws IOException {
        assertThat(run("study", "plan", study("corpus: a.fasta\nbudget: 1h\n"))).isZero();
        assertThat(out)
                .contains(
                        "sizes: because",
                        "5M",
                        "5.00M",
                        "1.00e+12",
                        "30.0 min",
                        "2 from 100k tokens",
                        "left out",
                        "warning: odd");
        assertThat(asked).noneMatch(request -> request.startsWith("POST /studies {"));
        assertThat(err).contains("corpus 0123456789abcdef: 1.00k tokens");
    }

    @Test
    void everythingThatIsWrongIsToldWithItsLineBeforeAnythingIsBuilt() throws IOException {
        corpusProblem = problem("maxlength", "maxlength is unknown; did you mean 'maxLength'?");
        studyProblem = problem("budget", "budget must read like '20 minutes here'");
        String file = study("corpus:\n  sources: a.fasta\n  maxlength: 5\nbudget: soon\n");
        assertThat(run("study", "start", file)).isEqualTo(2);
        assertThat(err.lines())
                .containsExactly(
                        "frontier: " + file + ", line 3: corpus.maxlength is unknown; did you mean 'maxLength'?",
                        "frontier: " + file + ", line 4: budget must read like '20 minutes here'");
        assertThat(asked).allMatch(request -> request.contains("preview=true"));
    }

    @Test
    void aStudyIsStartedStoppedResumedAndExtended() throws IOException {
        assertThat(run("study", "start", study("corpus: 0123456789abcdef\nbudget: 1h\n")))
                .isZero();
        assertThat(asked.getLast()).isEqualTo("POST /studies {\"budget\":\"1h\",\"corpus\":\"0123456789abcdef\"}");
        assertThat(run("study", "stop", "s", "--reason", "late")).isZero();
        assertThat(asked.getLast()).contains("/studies/s/commands", "\"action\":\"STOP\"", "\"reason\":\"late\"");
        assertThat(out).contains("stopped: r1, r2");
        assertThat(run("study", "resume", "s")).isZero();
        assertThat(asked.getLast()).contains("\"action\":\"RESUME\"");
        assertThat(run("study", "extend", "s", "--budgets", "200G,400G")).isZero();
        assertThat(asked.getLast()).isEqualTo("POST /studies/s/extend {\"flopBudgets\":[\"200G\",\"400G\"]}");
    }

    @Test
    void studiesAreListedAsATableOrAsJson() {
        assertThat(run("study", "list")).isZero();
        assertThat(out).contains("s ", "training", "1/2", "50%", "2026-01-02 03:04:05");
        assertThat(run("study", "list", "-o", "json")).isZero();
        assertThat(out).startsWith("[").contains("\"doneFlops\"");
    }

    @Test
    void nothingIsDeletedWithoutAYes() {
        assertThat(run("study", "delete", "s")).isEqualTo(1);
        assertThat(asked).noneMatch(request -> request.startsWith("DELETE"));
        assertThat(run("study", "delete", "s", "--yes")).isZero();
        assertThat(asked.getLast()).isEqualTo("DELETE /studies/s");
        assertThat(out).contains("deleted: study s, its 2 runs");
    }

    @Test
    void corporaAreAddedWithOptionsAndListed() {
        assertThat(run("corpus", "add", "/data/a.fasta", "--set", "maxLength=512", "--set", "deduplicate=true"))
                .isZero();
        assertThat(asked.getFirst())
                .isEqualTo("POST /corpora {\"sources\":[\"/data/a.fasta\"],\"maxLength\":512,\"deduplicate\":true}");
        assertThat(run("corpus", "show", "0123456789abcdef")).isZero();
        assertThat(out).contains("\"state\" : \"READY\"");
    }

    @Test
    void aCorpusThatFailsIsSaidAtItsLineAndNothingIsStarted() throws IOException {
        corpus = "{\"id\":\"0123456789abcdef\",\"state\":\"FAILED\",\"error\":\"a.fasta is no FASTA\"}";
        String file = study("budget: 1h\ncorpus: a.fasta\n");
        assertThat(run("study", "start", file)).isEqualTo(2);
        assertThat(err).contains(file + ", line 2: corpus: a.fasta is no FASTA");
        assertThat(asked).noneMatch(request -> request.startsWith("POST /studies {"));
    }

    @Test
    void anotherServiceAtTheAddressIsSaid() {
        service = "fitting-service/0.1.0";
        assertThat(run("study", "list")).isEqualTo(1);
        assertThat(err).contains("is the fitting-service, not the dataset-service", "--dataset");
    }

    @Test
    void aRefusalByAnotherVersionSaysSo() {
        service = "dataset-service/0.9.0";
        studyProblem = "{\"detail\":\"unknown field\"}";
        assertThat(run("study", "list")).isEqualTo(1);
        assertThat(err).contains("unknown field (the service is of version 0.9.0, this command of 0.1.0");
    }

    private static String problem(String field, String detail) {
        return "{\"detail\":\"%s\",\"field\":\"%s\",\"errors\":[{\"field\":\"%s\",\"detail\":\"%s\"}]}"
                .formatted(detail, field, field, detail);
    }

    private String study(String text) throws IOException {
        return Files.writeString(folder.resolve("study.yaml"), text).toString();
    }

    private void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Frontier-Service", service);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--dataset");
        all.add("http://127.0.0.1:" + server.getAddress().getPort());
        PrintStream before = System.out;
        PrintStream beforeErr = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            return Frontier.line(Optional.empty()).execute(all.toArray(String[]::new));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
            out = printed.toString(StandardCharsets.UTF_8);
            err = complained.toString(StandardCharsets.UTF_8);
        }
    }
}
