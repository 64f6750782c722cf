package org.plmfrontier.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Helm chart as Helm itself renders it, in this process. */
final class Chart {
    static final Path FOLDER = Project.DEPLOY.resolve("helm/plm-frontier");

    /** One that has dynamic resource allocation. */
    static final String KUBERNETES = "1.34.0";

    private static final Path PACKAGES = Project.DEPLOY.resolve("target/helm");

    private static boolean packaged;

    private Chart() {}

    /** A release and what it is given: files of values, and single values as {@code --set} has them. */
    record Release(String name, String namespace, List<Path> files, Map<String, String> values) {
        static Release of(Path... files) {
            return new Release("plm-frontier", "plm-frontier", List.of(files), Map.of());
        }

        static Release with(String key, String value) {
            return new Release("plm-frontier", "plm-frontier", List.of(), Map.of(key, value));
        }
    }

    /** Skips the calling test where helm-java has no library for this machine. */
    static Helm helm(Path chart) {
        assumeTrue(hasLibrary(), "helm-java has no native library for this machine");
        return new Helm(chart);
    }

    /** Values of an overlay. */
    static Path values(String overlay) {
        return FOLDER.resolve("values-" + overlay + ".yaml");
    }

    static Manifests render(Release release) {
        return render(archive(), release);
    }

    /** The chart as {@code helm package} makes it, once: what the links of the folder lead to is in it. */
    static synchronized Path archive() {
        if (!packaged) {
            helm(FOLDER).packageIt().withDestination(PACKAGES).call();
            packaged = true;
        }
        JsonNode chart =
                Manifests.parse(Project.read(FOLDER.resolve("Chart.yaml"))).getFirst();
        return PACKAGES.resolve("plm-frontier-" + chart.path("version").asText() + ".tgz");
    }

    /**
     * Renders a chart.
     *
     * @throws IllegalStateException with Helm's own words, where values are refused or a template fails
     */
    static Manifests render(Path chart, Release release) {
        TemplateCommand command = helm(chart)
                .template()
                .withName(release.name())
                .withNamespace(release.namespace())
                .withKubeVersion(KUBERNETES);
        release.files().forEach(command::withValuesFile);
        release.values().forEach(command::set);
        List<JsonNode> objects = Manifests.parse(command.call()).stream()
                .filter(JsonNode::isObject)
                .toList();
        return new Manifests("chart " + release, objects);
    }

    private static boolean hasLibrary() {
        try {
            return !Helm.version().call().isEmpty();
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }
}
