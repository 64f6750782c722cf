package org.plmfrontier.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

/**
 * The packaged dataset service, asked by REST. Thread-safe.
 *
 * @param service its process
 */
record DatasetProcess(PackagedService service) implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MIB = 1 << 20;

    /** Starts the service; it may not be ready yet. */
    static DatasetProcess start(
            Path jar, String heap, PackagedService.Stores stores, int port, Path log, Map<String, String> settings)
            throws IOException {
        return new DatasetProcess(PackagedService.start(jar, heap, stores, port, log, settings));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(service.uri(path)).build());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(service.uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = service.client().send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    /** MiB of heap in use. */
    double heap() throws IOException, InterruptedException {
        return service.metric("jvm_memory_used_bytes", "area=\"heap\"") / MIB;
    }

    @Override
    public void close() throws InterruptedException {
        service.close();
    }
}
