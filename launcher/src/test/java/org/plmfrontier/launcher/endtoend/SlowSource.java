package org.plmfrontier.launcher.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.DemoStudy;

/** A web server whose file comes to its end only when that is allowed: a build that a restart cuts off. */
final class SlowSource implements AutoCloseable {
    private final byte[] content;
    private final HttpServer server;
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable String corpus;

    SlowSource(Path file) throws IOException {
        content = Files.readAllBytes(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/proteins.fasta.gz", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("ETag", "\"1\"");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, content.length / 2);
        exchange.getResponseBody().flush();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseBody().write(content, content.length / 2, content.length - content.length / 2);
        exchange.close();
    }

    /** Asks for the corpus of the file, with a seed of its own. */
    void ask(RestClient dataset, DemoStudy like) throws IOException, InterruptedException {
        Map<String, Object> request = new HashMap<>(like.corpusRequest(Path.of("unused")));
        request.put("sources", List.of("http://127.0.0.1:" + server.getAddress().getPort() + "/proteins.fasta.gz"));
        corpus = dataset.post("/corpora", request).get("id").asText();
    }

    /** Id of the corpus that was asked for. */
    String corpus() {
        return Objects.requireNonNull(corpus);
    }

    /** From now on the file comes whole. */
    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
