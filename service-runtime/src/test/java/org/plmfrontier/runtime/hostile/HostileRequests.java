package org.plmfrontier.runtime.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Throws the table at every operation of a running service, one value at a time while everything else is as it should be, and
 * tells which answers are the service's fault or tell of its inside.
 */
public final class HostileRequests {
    /** What an answer must not tell: classes, stack traces, places on the server's disk. */
    private static final Pattern INSIDE = Pattern.compile(
            "(org\\.plmfrontier|java\\.(lang|io|util|nio|net)|jakarta|com\\.fasterxml|io\\.(quarkus|vertx|netty|smallrye|agroal)"
                    + "|org\\.(hibernate|postgresql|jboss|apache))\\.\\w+|\\w+(Exception|Feature)\\b|StreamReadConstraints"
                    + "|\\bat \\w+(\\.\\w+)+\\(|(/tmp|/home|/root|/var|/work|/app)/\\S*");

    private final RawHttp http;
    private final Map<String, String> known;
    private int sent;

    /**
     * For a running service.
     *
     * @param known values of path parameters that the service knows, by name
     */
    public HostileRequests(URI service, Map<String, String> known) {
        this.http = new RawHttp(service);
        this.known = Map.copyOf(known);
    }

    /** Requests sent so far. */
    public int sent() {
        return sent;
    }

    /** Sends everything; what was wrong, one sentence each. */
    public List<String> failures() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(http.send("GET", "/q/openapi?format=json", "Accept: application/json\r\n", new byte[0])
                        .body()
                        .replaceFirst("(?s)^[^{]*", ""));
        List<String> failures = new ArrayList<>();
        for (Operation operation : Operation.of(document)) {
            paths(operation, failures);
            queries(operation, failures);
            bodies(operation, failures);
            String target = target(operation, "", "");
            ask("BREW", target, "", new byte[0], failures);
            ask(operation.method(), target, "Accept: x/y\r\n", new byte[0], failures);
            ask(operation.method(), target, "Accept: %%%\r\n", new byte[0], failures);
            ask(operation.method(), target, "Authorization: Bearer \u00ff\r\n", new byte[0], failures);
            ask(
                    operation.method(),
                    target,
                    "Content-Type: application/json; charset=nope\r\nContent-Length: 2\r\n",
                    new byte[] {'{', '}'},
                    failures);
            ask(
                    operation.method(),
                    target,
                    "Content-Type: ;;;\r\nContent-Length: 2\r\n",
                    new byte[] {'{', '}'},
                    failures);
        }
        if (sent == 0) {
            throw new IOException("the OpenAPI document has no operations");
        }
        return failures;
    }

    private void paths(Operation operation, List<String> failures) throws IOException {
        for (String name : operation.inPath()) {
            for (String value : HostileValues.IN_PATH) {
                ask(operation.method(), target(operation, name, value), "", new byte[0], failures);
            }
        }
    }

    private void queries(Operation operation, List<String> failures) throws IOException {
        for (String name : operation.inQuery()) {
            for (String value : HostileValues.IN_QUERY) {
                ask(
                        operation.method(),
                        target(operation, "", "") + "?" + name + "=" + value,
                        "",
                        new byte[0],
                        failures);
            }
        }
    }

    private void bodies(Operation operation, List<String> failures) throws IOException {
        for (var body : operation.bodies().entrySet()) {
            for (byte[] content : HostileValues.bodies(body.getKey(), body.getValue())) {
                String head = "Content-Type: " + body.getKey() + "\r\nContent-Length: " + content.length + "\r\n";
                ask(operation.method(), target(operation, "", ""), head, content, failures);
                if (operation.inQuery().contains("study")) {
                    ask(operation.method(), target(operation, "", "") + "?study=hostile", head, content, failures);
                }
            }
        }
    }

    private String target(Operation operation, String name, String value) {
        String target = operation.path();
        for (String parameter : operation.inPath()) {
            String put = parameter.equals(name) ? value : known.getOrDefault(parameter, "unknown");
            target = target.replaceAll("\\{" + parameter + "(:[^}]*)?}", Matcher.quoteReplacement(put));
        }
        return target;
    }

    private void ask(String method, String target, String head, byte[] body, List<String> failures) throws IOException {
        RawHttp.Answer answer = http.send(method, target, head, body);
        sent++;
        String request = method + " " + shortened(target) + " " + head.strip().replace("\r\n", ", ") + " "
                + shortened(new String(body, UTF_8));
        if (answer.status() >= 500) {
            failures.add(answer.status() + " to " + request + ": " + shortened(answer.body()));
        } else if (answer.status() == 0) {
            failures.add("no answer to " + request);
        }
        Matcher inside = INSIDE.matcher(answer.body());
        if (answer.status() >= 400 && inside.find()) {
            failures.add("'" + inside.group() + "' in the answer to " + request + ": " + shortened(answer.body()));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 160 ? text : text.substring(0, 160) + "...";
    }
}
