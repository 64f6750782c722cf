package org.plmfrontier.benchmarks.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged fitting service as a process, and what it says of itself. Thread-safe. */
final class FittingProcess implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;
    private static final long POLL_MILLIS = 100;
    private static final double MIB = 1 << 20;

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    private FittingProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts the service; it may not be ready yet.
     *
     * @param heap as in -Xmx
     * @param database JDBC address; user and password are those of the embedded PostgreSQL
     */
    static FittingProcess start(Path jar, String heap, String servers, String database, int port, Path log)
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
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_PROFILE",
                        "local",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        servers,
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        database));
        return new FittingProcess(builder.start(), "http://127.0.0.1:" + port);
    }

    URI uri(String path) {
        return URI.create(address + path);
    }

    HttpClient client() {
        return client;
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

    /** Whether the study's latest state is fitted. */
    boolean isFitted(String study) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/studies/" + study)).build();
        return client.send(request, BodyHandlers.ofString()).body().contains("\"fitIsCurrent\":true");
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the fitting service left with status " + process.exitValue());
        }
    }

    /** Sum of a metric over all its series; 0 where there is none. */
    double metric(String name) throws IOException, InterruptedException {
        return metric(name, "");
    }

    private double metric(String name, String label) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/q/metrics")).build();
        return client.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** MiB of objects that survive a full collection. */
    double liveHeap() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(jcmd, Long.toString(process.pid()), "GC.run");
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return metric("jvm_memory_used_bytes", "area=\"heap\"") / MIB;
    }

    /** Resident MiB (Linux). */
    double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024;
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
