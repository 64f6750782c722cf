package org.plmfrontier.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Rendered objects of an overlay.
 *
 * @param objects in the order of the renderer
 */
record Manifests(String overlay, List<JsonNode> objects) {
    static final List<String> OVERLAYS = List.of("local", "staging", "prod");

    /** The base with the components that no overlay takes. */
    static final List<String> COMPONENTS = Stream.of("lag", "bucket", "kueue", "dra")
            .map(name -> "src/test/k8s/" + name)
            .toList();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    /** Renders an overlay, or another folder with its path, once; the test is skipped where kubectl is missing. */
    static Manifests of(String overlay) {
        Tool.require("kubectl", "kustomize renders the manifests");
        return RENDERED.computeIfAbsent(overlay, Manifests::render);
    }

    private static Manifests render(String overlay) {
        String folder = overlay.contains("/") ? overlay : "k8s/overlays/" + overlay;
        Tool.Outcome outcome = Tool.run(Project.DEPLOY, List.of("kubectl", "kustomize", folder));
        if (outcome.status() != 0) {
            throw new AssertionError("overlay " + overlay + ": " + outcome.output());
        }
        return new Manifests(overlay, parse(outcome.output()));
    }

    static List<JsonNode> parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> kind(object).equals(kind));
    }

    JsonNode one(String kind, String name) {
        return all(kind)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(overlay + " has no " + kind + " " + name));
    }

    /** Pod templates of the deployments, by name of the deployment. */
    JsonNode pod(String service) {
        return one("Deployment", service).at("/spec/template");
    }

    JsonNode container(String service) {
        return pod(service).at("/spec/containers/0");
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** Value of an environment variable; empty where it comes from elsewhere. */
    String env(String service, String variable) {
        for (JsonNode entry : container(service).path("env")) {
            if (entry.path("name").asText().equals(variable)) {
                return entry.path("value").asText();
            }
        }
        throw new AssertionError(service + " has no variable " + variable);
    }
}
