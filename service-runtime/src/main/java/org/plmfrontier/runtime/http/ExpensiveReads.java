package org.plmfrontier.runtime.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.turn.Turns;

/**
 * Reads that cost as much as a write: they are for those who may write, of the service's own pages and of programs, one at a
 * time, bounded in time, and given up when the client goes away. Resources call it on the thread of a blocking request; the
 * work is interrupted and has to end by itself. Thread-safe.
 */
@ApplicationScoped
public class ExpensiveReads {
    private final WriteAccess access;
    private final RequestGuard guard;
    private final CurrentVertxRequest current;
    private final ScheduledExecutorService timer;
    private final Turns turns;

    public ExpensiveReads(HttpSettings settings, WriteAccess access, RequestGuard guard, CurrentVertxRequest current) {
        this.access = access;
        this.guard = guard;
        this.current = current;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("time-limits").unstarted(task));
        HttpSettings.Expensive bounds = settings.expensive();
        this.turns = new Turns(new Turns.Bounds(bounds.waiting(), bounds.queueTime(), bounds.limit()), timer);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** Does work that only those who may write may ask for; refusals are thrown and become problem details. */
    public <T> T authorized(Supplier<T> work) {
        HttpServerRequest request = current.getCurrent().request();
        Optional<String> unknown = access.refusalOfExpensive(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (unknown.isPresent()) {
            throw new RefusedReadException(ProblemDetail.of(401, "Unauthorized", unknown.get()));
        }
        Optional<String> foreign = guard.refusalOfRead(request);
        if (foreign.isPresent()) {
            throw new RefusedReadException(ProblemDetail.of(403, "Forbidden", foreign.get()));
        }
        return inTurn(work);
    }

    /**
     * The same for work that fails with checked exceptions.
     *
     * @throws Exception what the work throws
     */
    public <T> T authorizedCall(Callable<T> work) throws Exception {
        try {
            return authorized(() -> unchecked(work));
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception checked ? checked : e;
        }
    }

    private static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        RoutingContext routing = current.getCurrent();
        return turns.take(
                gone -> routing.addEndHandler(ended -> {
                    if (ended.failed()) {
                        gone.run();
                    }
                }),
                work);
    }
}
