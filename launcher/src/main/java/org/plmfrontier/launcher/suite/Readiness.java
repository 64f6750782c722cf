package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Waits for a service's readiness endpoint. */
final class Readiness {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Readiness() {}

    /**
     * Returns when {@code /q/health/ready} answers 200.
     *
     * @param others throws where something else has ended that the service needs
     * @throws StartupException where the service ends or is not ready within five minutes, with the end of its log
     */
    static void await(ServiceProcess service, Runnable others) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Instant deadline = Instant.now().plus(LIMIT);
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            while (!isReady(client, request)) {
                others.run();
                if (!service.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new StartupException(service.name() + (service.isAlive() ? " is not ready" : " ended")
                            + "; its log is " + service.log() + ", the last lines:\n" + service.lastLines(12));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
