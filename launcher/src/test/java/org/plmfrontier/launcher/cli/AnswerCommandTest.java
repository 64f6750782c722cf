package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command against a service that answers as the fitting service does. */
class AnswerCommandTest {
    private static final String FITTED = """
            {"family":"ESM2","budgetFlops":1e14,"outcome":"FITTED",
             "best":{"parameters":{"value":1e6,"low":8e5,"high":1.4e6,"level":0.95}},
             "from":{"losses":28,"beyond":10.0,"weights":{"TIED":1.0}}}
            """;
    private static final String UNDECIDED =
            "{\"family\":\"CAUSAL\",\"budgetFlops\":0,\"outcome\":\"NOT_IDENTIFIABLE\",\"reason\":\"too few\",\"best\":null}";

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private String families = "[{\"family\":\"CAUSAL LM\"},{\"family\":\"ESM2\"}]";
    private String causal = UNDECIDED;
    private int status = 200;
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/studies", exchange -> {
            String uri = exchange.getRequestURI().toString();
            asked.add(uri);
            if (uri.endsWith("/families")) {
                reply(exchange, 200, families);
            } else {
                reply(exchange, status, uri.contains("ESM2") ? FITTED : causal);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForEveryFamilyAndSaysWithItsStatusThatOneIsNotDecided() {
        assertThat(run("s", "--budget", "2e15")).isEqualTo(3);
        assertThat(asked)
                .containsExactly(
                        "/studies/s/families",
                        "/studies/s/answer?family=CAUSAL+LM&budgetFlops=2.0E15",
                        "/studies/s/answer?family=ESM2&budgetFlops=2.0E15",
                        "/studies/s/evaluations");
        assertThat(out).contains("not decided yet: too few", "1.00M [800k, 1.40M]");
    }

    @Test
    void oneFamilyIsAskedForAloneAndJsonIsAnArray() throws Exception {
        assertThat(run("s", "--family", "ESM2", "--json")).isZero();
        assertThat(asked).containsExactly("/studies/s/answer?family=ESM2");
        assertThat(new ObjectMapper()
                        .readTree(out)
                        .get(0)
                        .at("/best/parameters/value")
                        .asDouble())
                .isEqualTo(1e6);
    }

    @Test
    void aStudyWithoutAFitIsNotDecided() {
        families = "[]";
        assertThat(run("s")).isEqualTo(3);
        assertThat(out).contains("not decided yet: study s has no fit yet");
    }

    @Test
    void aBudgetThatIsTooFarIsBadInputAndAStudyThatIsNotThereIsMissing() {
        status = 422;
        causal = "{\"title\":\"Unprocessable Content\",\"detail\":\"the budget is too far\",\"field\":\"budgetFlops\"}";
        assertThat(run("s", "--budget", "1e40")).isEqualTo(2);
        assertThat(err).contains("frontier: budgetFlops: the budget is too far");
        assertThat(run("s", "--budget", "1e40", "--json")).isEqualTo(2);
        assertThat(err).contains("{\"error\":\"budgetFlops: the budget is too far\"}");
        status = 404;
        causal = "{\"title\":\"Not Found\",\"detail\":\"there is no study 's'\"}";
        assertThat(run("s")).isEqualTo(1);
        assertThat(err).contains("there is no study 's'");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("answer"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of("--fitting", "http://127.0.0.1:" + server.getAddress().getPort()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        PrintStream before = System.out;
        PrintStream beforeErr = System.err;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            return Frontier.line().execute(all.toArray(String[]::new));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
            out = printed.toString(StandardCharsets.UTF_8);
            err = complained.toString(StandardCharsets.UTF_8);
        }
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
