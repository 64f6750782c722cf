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

/** The packaged fitting service as a process, and what it says of itself. Thread-safe. */
final class FittingProcess implements AutoCloseable {
    private static final double MIB = 1 << 20;

    private final PackagedService service;

    private FittingProcess(PackagedService service) {
        this.service = service;
    }

    /**
     * Starts the service; it may not be ready yet.
     *
     * @param heap as in -Xmx
     * @param database JDBC address; user and password are those of the embedded PostgreSQL
     */
    static FittingProcess start(Path jar, String heap, String servers, String database, int port, Path log)
            throws IOException {
        return new FittingProcess(
                PackagedService.start(jar, heap, new PackagedService.Stores(servers, database), port, log, Map.of()));
    }

    URI uri(String path) {
        return service.uri(path);
    }

    HttpClient client() {
        return service.client();
    }

    void awaitReady() throws InterruptedException {
        service.awaitReady();
    }

    /** Whether the study's latest state is fitted. */
    boolean isFitted(String study) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/studies/" + study)).build();
        return client().send(request, BodyHandlers.ofString()).body().contains("\"fitIsCurrent\":true");
    }

    void requireAlive() {
        service.requireAlive();
    }

    /** Sum of a metric over all its series; 0 where there is none. */
    double metric(String name) throws IOException, InterruptedException {
        return service.metric(name, "");
    }

    /** MiB of objects that survive a full collection. */
    double liveHeap() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(jcmd, Long.toString(service.pid()), "GC.run");
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return service.metric("jvm_memory_used_bytes", "area=\"heap\"") / MIB;
    }

    /** Resident MiB (Linux). */
    double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(service.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024;
    }

    /** CPU seconds of all its threads so far. */
    double cpuSeconds() {
        return service.cpuSeconds();
    }

    @Override
    public void close() throws InterruptedException {
        service.close();
    }
}
