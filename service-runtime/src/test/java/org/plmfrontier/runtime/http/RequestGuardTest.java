package org.plmfrontier.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plmfrontier.runtime.access.WriteAccess;

@Timeout(60)
class RequestGuardTest {
    private static final String TOKEN = "secret";
    private static final WriteAccess BEARERS =
            WriteAccess.bearers(List.of("test:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"));

    @Test
    void aForeignHostIsMisdirectedOnLoopbackWhateverIsAsked() throws Exception {
        try (GuardedServer server = loopback()) {
            assertThat(server.ask("GET /plain HTTP/1.1\nHost: localhost:8080")).startsWith("HTTP/1.1 200");
            assertThat(server.ask("GET /plain HTTP/1.1\nHost: evil.example:8080"))
                    .startsWith("HTTP/1.1 421")
                    .contains("application/problem+json", "'evil.example:8080'", "frontier.http.hosts");
            assertThat(server.ask("GET /nowhere HTTP/1.1\nHost: evil.example")).startsWith("HTTP/1.1 421");
        }
        try (GuardedServer server = new GuardedServer(settings(Map.of()), BEARERS, "0.0.0.0", () -> "")) {
            assertThat(server.ask("GET /plain HTTP/1.1\nHost: 10.1.2.3:8080")).startsWith("HTTP/1.1 200");
            assertThat(server.ask("GET /plain HTTP/1.1\nHost: fitting-service.plm.svc"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void noAddressHoldsTheCharacterThatNoDatabaseTakes() throws Exception {
        try (GuardedServer server = loopback()) {
            assertThat(server.ask("GET /plain?a=b%00c HTTP/1.1\nHost: localhost"))
                    .startsWith("HTTP/1.1 400")
                    .contains("NUL");
        }
    }

    @Test
    void aForeignPageCannotChangeAnything() throws Exception {
        try (GuardedServer server = loopback()) {
            String post = "POST /plain HTTP/1.1\nHost: localhost:8080\n";
            assertThat(server.ask(post + "Origin: http://evil.example"))
                    .startsWith("HTTP/1.1 403")
                    .contains("'http://evil.example'");
            assertThat(server.ask(post + "Sec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403");
            assertThat(server.ask(post + "Origin: http://localhost:8080")).startsWith("HTTP/1.1 200");
            assertThat(server.ask(post)).startsWith("HTTP/1.1 200");
            assertThat(server.ask("GET /plain HTTP/1.1\nHost: localhost:8080\nOrigin: http://evil.example"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("access-control");
        }
    }

    @Test
    void aBodySaysWhatItIs() throws Exception {
        try (GuardedServer server = loopback()) {
            String post = "POST /plain HTTP/1.1\nHost: localhost\n";
            assertThat(server.ask(post + "Content-Length: 2\n\n{}"))
                    .startsWith("HTTP/1.1 415")
                    .contains("Content-Type");
            assertThat(server.ask(post + "Transfer-Encoding: chunked\n\n2\r\n{}\r\n0\r\n\r\n"))
                    .startsWith("HTTP/1.1 415");
            assertThat(server.ask(post + "Content-Type: text/plain\nContent-Length: 2\n\n{}"))
                    .startsWith("HTTP/1.1 415")
                    .contains("text/plain");
            assertThat(server.ask(post + "Content-Type: application/json\nContent-Length: 2\n\n{}"))
                    .startsWith("HTTP/1.1 200");
            assertThat(server.ask(post + "Content-Length: 0")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answersTellTheBrowserWhatItMayDoWithThem() throws Exception {
        try (GuardedServer server = loopback()) {
            for (String path : List.of("/plain", "/nowhere", "/page.html")) {
                assertThat(server.ask("GET " + path + " HTTP/1.1\nHost: localhost"))
                        .containsIgnoringCase("x-content-type-options: nosniff")
                        .containsIgnoringCase("referrer-policy: no-referrer")
                        .containsIgnoringCase("frontier-service: guarded/1.2")
                        .containsIgnoringCase("content-security-policy: default-src 'none'")
                        .contains("frame-ancestors 'none'");
            }
            assertThat(server.ask("GET /unknown HTTP/1.1\nHost: localhost"))
                    .containsIgnoringCase("www-authenticate: bearer");
        }
    }

    @Test
    void anExpensiveReadNeedsTheTokenAndNoForeignPageMayAskForIt() throws Exception {
        try (GuardedServer server = new GuardedServer(settings(Map.of()), BEARERS, "0.0.0.0", () -> "done")) {
            String get = "GET /costly HTTP/1.1\nHost: plm\n";
            assertThat(server.ask(get))
                    .startsWith("HTTP/1.1 401")
                    .containsIgnoringCase("www-authenticate: bearer")
                    .contains("expensive");
            assertThat(server.ask(get + "Authorization: Bearer wrong")).startsWith("HTTP/1.1 401");
            String known = get + "Authorization: Bearer " + TOKEN + "\n";
            assertThat(server.ask(known)).startsWith("HTTP/1.1 200").endsWith("done");
            assertThat(server.ask(known + "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void anExpensiveReadEndsWhenItsClientGoesAwayAndWhenItTakesTooLong() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(2);
        HttpSettings settings = settings(Map.of(
                "frontier.http.expensive.waiting", "0",
                "frontier.http.expensive.limit", "2s"));
        try (GuardedServer server = new GuardedServer(settings, WriteAccess.open(), "127.0.0.1", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                ended.countDown();
                throw new IllegalStateException(e);
            }
        })) {
            String get = "GET /costly HTTP/1.1\nHost: localhost\n";
            long asked = System.nanoTime();
            try (Socket ignored = server.open(get)) {
                begun.await();
                assertThat(server.ask(get)).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 10");
            }
            while (ended.getCount() == 2) {
                Thread.sleep(10);
            }
            assertThat(System.nanoTime() - asked).as("before the limit").isLessThan(TimeUnit.SECONDS.toNanos(2));
            assertThat(server.ask(get)).startsWith("HTTP/1.1 503").contains("longer than 2.0 s");
            assertThat(ended.getCount()).isZero();
        }
    }

    private static GuardedServer loopback() {
        return new GuardedServer(settings(Map.of()), WriteAccess.open(), "127.0.0.1", () -> "");
    }

    private static HttpSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(HttpSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(HttpSettings.class);
    }
}
