package org.plmfrontier.benchmarks.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged Quarkus service as a process, and what it says of itself. Thread-safe. */
final class PackagedService implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;
    private static final long POLL_MILLIS = 100;

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    private PackagedService(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Where a service's broker and database are.
     *
     * @param database JDBC address; user and password are those of the embedded PostgreSQL
     */
    record Stores(String servers, String database) {}

    /**
     * Starts a service; it may not be ready yet.
     *
     * @param heap as in -Xmx
     * @param log file of its output
     * @param settings environment beyond what is needed
     */
    static PackagedService start(Path jar, String heap, Stores stores, int port, Path log, Map<String, String> settings)
            throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_PROFILE",
                "local",
                "KAFKA_BOOTSTRAP_SERVERS",
                stores.servers(),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_DATASOURCE_JDBC_URL",
                stores.database()));
        environment.putAll(settings);
        builder.environment().putAll(environment);
        return new PackagedService(builder.start(), "http://127.0.0.1:" + port);
    }

    URI uri(String path) {
        return URI.create(address + path);
    }

    HttpClient client() {
        return client;
    }

    long pid() {
        return process.pid();
    }

    void awaitReady() throws InterruptedException {
        while (!isReady()) {
            requireAlive();
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri("/q/health/ready")).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("a service left with status " + process.exitValue());
        }
    }

    /** Sum of a metric over those of its series that have the label; 0 where there is none. */
    double metric(String name, String label) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/q/metrics")).build();
        return client.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** CPU seconds of all its threads so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    @Override
    public void close() throws InterruptedException {
        client.shutdownNow();
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
