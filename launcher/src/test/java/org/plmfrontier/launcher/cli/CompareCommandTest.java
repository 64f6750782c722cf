package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison of two studies as the fitting service answers it. */
class CompareCommandTest {
    private static final String FACTOR = """
            {"study":{"study":"a","family":"ESM2"},"other":{"study":"b","family":"ESM2"},"budgetFlops":1e17,"outcome":"FITTED",
             "lossNats":{"value":2.9343,"low":2.9,"high":3,"level":0.95},"factor":{"value":1.16,"low":0.95,"high":1.42,"level":0.95},
             "beyond":1.2}
            """;

    private static final String COMPARISON = """
            {"budgetFlops":1e17,"members":[
              {"name":"a","runs":6,"runsOver":6,"atBudget":{"lossNats":{"value":3,"low":2.9,"high":3.1}}},
              {"name":"b","runs":6,"runsOver":5,"atBudget":null,"reason":"too few"}],
             "differences":[{"first":"a","other":"b","verdict":"BETTER","sentence":"b is better than a.","lossNats":%s,
               "exponents":{"a1":{"a":null,"b":null,"reason":"b: one size"},
                "a3":{"a":{"value":0.06,"low":-0.01,"high":0.13},"b":{"value":-0.06,"low":-0.13,"high":0.01}}}}],
             "methods":[{"key":"a1","name":"Envelope"},{"key":"a3","name":"Hoffmann"}],"caveats":["b is not over."]}
            """;

    private final List<String> asked = new ArrayList<>();
    private String answer = FACTOR;
    /** Empty as of a service that does not know it. */
    private String comparison = "";

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/studies", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/comparisons", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = comparison.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(comparison.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theFactorStandsWithItsIntervalAndTheLossItIsOf() {
        assertThat(said(0, "a", "b c", "--budget", "1e17"))
                .startsWith(
                        "a needs 1.16 [0.95, 1.42] times the compute of b for the 2.9343 nats that it reaches with 1.00e+17 FLOPs");
        assertThat(asked.getFirst()).isEqualTo("/studies/a/effective-compute?with=b+c&budgetFlops=1.0E17");
    }

    @Test
    void whatNothingTellsHasItsReasonAndItsStatus() {
        answer = "{\"outcome\":\"NOT_IDENTIFIABLE\",\"reason\":\"they do not meet\",\"factor\":null}";
        assertThat(said(3, "a", "b")).isEqualTo("nothing tells: they do not meet");
        assertThat(said(3, "a", "b", "--json", "--other-family", "X")).contains("\"NOT_IDENTIFIABLE\"");
        assertThat(asked).contains("/studies/a/effective-compute?with=b&withFamily=X");
    }

    @Test
    void theVerdictAndTheDifferencesOfExponentsFollowTheFactor() {
        comparison = COMPARISON.formatted("{\"value\":-0.1}");
        assertThat(said(0, "a:ESM2", "b").lines())
                .hasSize(6)
                .startsWith(
                        "a needs 1.16 [0.95, 1.42] times the compute of b for the 2.9343 nats that it reaches with 1.00e+17 FLOPs"
                                + " (6 N D); 1.20 times the most that a was trained with",
                        "b is better than a.",
                        "b less a:",
                        "  Envelope: no difference, b: one size",
                        "  Hoffmann: a +0.060 [-0.010, +0.130], b -0.060 [-0.130, +0.010]",
                        "note: b is not over.");
        assertThat(asked)
                .containsExactly(
                        "/studies/a/effective-compute?with=b&family=ESM2",
                        "/comparisons?study=a%3AESM2&study=b&budgetFlops=1.0E17");
        assertThat(said(0, "a", "b", "--json")).contains("\"factor\"", "\"comparison\"", "\"verdict\"");
    }

    @Test
    void severalAreComparedWithTheFirst() {
        comparison = COMPARISON.formatted("{\"value\":-0.1}");
        assertThat(said(0, "a", "b", "c:my group").lines())
                .startsWith(
                        "a: 6 of 6 runs over, 3.0000 [2.9000, 3.1000] nats at the budget",
                        "b: 5 of 6 runs over, nothing forecast: too few",
                        "b is better than a.");
        assertThat(asked).containsExactly("/comparisons?study=a&study=b&study=c%3Amy+group");
        comparison = COMPARISON.formatted("null");
        assertThat(said(3, "a", "b", "c", "--budget", "1e18", "--json")).contains("\"members\"");
        assertThat(asked.getLast()).isEqualTo("/comparisons?study=a&study=b&study=c&budgetFlops=1.0E18");
    }

    private String said(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of("--fitting", "http://127.0.0.1:" + server.getAddress().getPort()));
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Frontier.line(Optional.empty()).execute(all.toArray(String[]::new)))
                    .isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
