package org.plmfrontier.runtime.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.turn.NoTurnException;

/** An HTTP server behind the guard, as Quarkus puts it together: GET and POST /plain, GET /costly. */
final class GuardedServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final ExpensiveReads reads;
    private final CurrentVertxRequest current = new CurrentVertxRequest();
    private final HttpServer server;
    private final Supplier<String> costly;

    /**
     * Starts on a free port.
     *
     * @param bound what the service believes to listen on
     * @param costly the work behind /costly
     */
    GuardedServer(HttpSettings settings, WriteAccess access, String bound, Supplier<String> costly) {
        this.costly = costly;
        RequestGuard guard = new RequestGuard(settings, access, bound, "guarded", "1.2");
        reads = new ExpensiveReads(settings, access, guard, current);
        Filters filters = new Filters();
        guard.register(filters);
        Router router = Router.router(vertx);
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        router.route("/plain").handler(routing -> routing.response().end("plain"));
        router.route("/unknown")
                .handler(routing -> routing.response().setStatusCode(401).end());
        router.route("/page.html")
                .handler(routing -> routing.response()
                        .putHeader("Content-Type", "text/html")
                        .end("<p>"));
        router.route("/costly").blockingHandler(this::costly, false);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void costly(RoutingContext routing) {
        synchronized (current) {
            current.setCurrent(routing);
        }
        Response answer;
        try {
            answer = Response.ok(reads.authorized(costly)).build();
        } catch (RefusedReadException e) {
            answer = new RuntimeProblems().read(e);
        } catch (NoTurnException e) {
            answer = new RuntimeProblems().turn(e);
        }
        Optional.ofNullable(answer.getHeaderString("Retry-After"))
                .ifPresent(after -> routing.response().putHeader("Retry-After", after));
        routing.response()
                .setStatusCode(answer.getStatus())
                .end(answer.getEntity() instanceof ProblemDetail problem ? problem.detail() : "" + answer.getEntity());
    }

    int port() {
        return server.actualPort();
    }

    /** The whole answer to a request, whose lines end at line feeds; the connection is closed by it. */
    String ask(String request) throws IOException {
        try (Socket socket = open(request)) {
            return read(socket.getInputStream());
        }
    }

    /** A connection on which a request was sent. */
    Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        String[] parts = request.split("\n\n", 2);
        String head = parts[0].stripTrailing().replace("\n", "\r\n") + "\r\nConnection: close\r\n\r\n";
        OutputStream output = socket.getOutputStream();
        output.write((head + (parts.length > 1 ? parts[1] : "")).getBytes(StandardCharsets.UTF_8));
        output.flush();
        return socket;
    }

    private static String read(InputStream input) throws IOException {
        return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        reads.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
