package org.plmfrontier.runtime.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.request.PagePolicy;

/** Headers by which answers say whose they are, and describe themselves to the browser unless the resource has said it. Thread-safe. */
final class AnswerHeaders {
    private static final String POLICY = "Content-Security-Policy";
    private static final String ROOT = "META-INF/resources";
    private static final String INDEX = "index.html";
    /** Tools of Quarkus' development mode, which have scripts of their own. */
    private static final String DEVELOPMENT = "/q/dev";

    private static final String SWAGGER = "/q/swagger-ui";
    /** The page of Swagger UI in a packaged service; in dev mode and in tests it lies in a folder of Quarkus. */
    private static final String SWAGGER_PAGE =
            "META-INF/io.smallrye_smallrye-open-api-ui__jar/META-INF/resources/openapi-ui/index.html";

    private static final int UNAUTHORIZED = 401;

    private final ClassLoader pages;
    private final String service;
    private final Map<String, String> policies = new ConcurrentHashMap<>();

    /**
     * Headers.
     *
     * @param pages where the service's pages lie
     * @param service its name and version, as {@code dataset-service/0.1.0}
     */
    AnswerHeaders(ClassLoader pages, String service) {
        this.pages = pages;
        this.service = service;
    }

    void addTo(RoutingContext routing) {
        routing.addHeadersEndHandler(ignored -> add(routing));
    }

    private void add(RoutingContext routing) {
        MultiMap headers = routing.response().headers();
        String path = routing.normalizedPath();
        absent(headers, "X-Content-Type-Options", "nosniff");
        absent(headers, "Referrer-Policy", "no-referrer");
        headers.set("Frontier-Service", service);
        if (!path.startsWith(DEVELOPMENT) && !headers.contains(POLICY)) {
            String type = headers.get(HttpHeaders.CONTENT_TYPE);
            headers.set(POLICY, type != null && type.startsWith("text/html") ? policy(path) : PagePolicy.NOTHING);
        }
        if (routing.response().getStatusCode() == UNAUTHORIZED) {
            absent(headers, "WWW-Authenticate", "Bearer");
        }
    }

    private static void absent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private String policy(String path) {
        String known = policies.get(path.startsWith(SWAGGER) ? SWAGGER : path);
        if (known != null) {
            return known;
        }
        boolean tool = path.startsWith(SWAGGER);
        String page = page(tool ? SWAGGER_PAGE : ROOT + path + (path.endsWith("/") ? INDEX : ""));
        if (page == null) {
            return tool ? PagePolicy.OF_A_TOOL : PagePolicy.NOTHING;
        }
        String policy = PagePolicy.of(page);
        policies.put(tool ? SWAGGER : path, policy);
        return policy;
    }

    private @Nullable String page(String resource) {
        try (InputStream stream = pages.getResourceAsStream(resource)) {
            return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
