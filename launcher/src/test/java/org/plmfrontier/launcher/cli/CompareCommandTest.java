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

    private final List<String> asked = new ArrayList<>();
    private String answer = FACTOR;
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
        assertThat(asked).containsExactly("/studies/a/effective-compute?with=b+c&budgetFlops=1.0E17");
    }

    @Test
    void whatNothingTellsHasItsReasonAndItsStatus() {
        answer = "{\"outcome\":\"NOT_IDENTIFIABLE\",\"reason\":\"they do not meet\",\"factor\":null}";
        assertThat(said(3, "a", "b")).isEqualTo("nothing tells: they do not meet");
        assertThat(said(3, "a", "b", "--json", "--other-family", "X")).contains("\"NOT_IDENTIFIABLE\"");
        assertThat(asked.getLast()).isEqualTo("/studies/a/effective-compute?with=b&withFamily=X");
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
