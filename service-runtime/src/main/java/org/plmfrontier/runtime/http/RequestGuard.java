package org.plmfrontier.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.access.WriteAccess;
import org.plmfrontier.runtime.request.BodyRule;
import org.plmfrontier.runtime.request.HostRule;
import org.plmfrontier.runtime.request.OriginRule;

/**
 * Stands before all routes, pages and probes among them: refuses requests for a foreign host, changes that a foreign page asks
 * for, and bodies that do not say what they are. Thread-safe.
 */
@ApplicationScoped
public class RequestGuard {
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
    /** Before everything else that Quarkus registers. */
    private static final int FIRST = 10_000;

    /** The databases of the services have no text with it. */
    private static final String NUL = "%00";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HostRule hosts;
    private final OriginRule origins;
    private final String service;

    public RequestGuard(
            HttpSettings settings,
            WriteAccess access,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String bound,
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.service = name + "/" + version;
        this.hosts = HostRule.of(settings.hosts().orElse(List.of()), LOOPBACK.contains(bound), access.isOpen());
        this.origins = new OriginRule(hosts);
    }

    void register(@Observes Filters filters) {
        AnswerHeaders headers = new AnswerHeaders(Thread.currentThread().getContextClassLoader(), service);
        filters.register(
                routing -> {
                    headers.addTo(routing);
                    check(routing);
                },
                FIRST);
    }

    private void check(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Optional<String> misdirected = hosts.refusal(host(request));
        if (misdirected.isPresent()) {
            refuse(routing, 421, "Misdirected Request", misdirected.get());
            return;
        }
        if (request.uri().contains(NUL)) {
            refuse(routing, 400, "Bad Request", "the address holds the character NUL (%00), which no name here has");
            return;
        }
        if (CHANGING.contains(request.method().name())) {
            Optional<String> foreign = origins.refusal(from(request));
            if (foreign.isPresent()) {
                refuse(routing, 403, "Forbidden", foreign.get());
                return;
            }
            Optional<String> nameless =
                    hasBody(request) ? BodyRule.refusal(request.getHeader(HttpHeaders.CONTENT_TYPE)) : Optional.empty();
            if (nameless.isPresent()) {
                refuse(routing, 415, "Unsupported Media Type", nameless.get());
                return;
            }
        }
        routing.next();
    }

    /** Why an expensive read is refused; empty where it is not. */
    Optional<String> refusalOfRead(HttpServerRequest request) {
        return origins.refusalOfRead(from(request));
    }

    private static OriginRule.From from(HttpServerRequest request) {
        return new OriginRule.From(
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Sec-Fetch-Mode"),
                host(request));
    }

    private static @Nullable String host(HttpServerRequest request) {
        return request.authority() == null ? null : request.authority().toString();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    /** Nothing of a body is read, so the connection ends with the answer. */
    private static void refuse(RoutingContext routing, int status, String title, String detail) {
        if (hasBody(routing.request())) {
            routing.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetail.MEDIA_TYPE)
                .end(json(ProblemDetail.of(status, title, detail)));
    }

    private static String json(ProblemDetail problem) {
        try {
            return JSON.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
