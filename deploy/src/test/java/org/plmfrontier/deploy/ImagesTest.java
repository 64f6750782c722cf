package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deployment files against the services they are about. */
class ImagesTest {
    private static final Path DEPLOY = Path.of("").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "fitting-service"})
    void imagesRunAsNobodyOnThePortOfTheService(String service) throws IOException {
        String dockerfile =
                Files.readString(DEPLOY.resolve("docker").resolve(service).resolve("Dockerfile"));
        assertThat(dockerfile)
                .contains("USER 10001:10001")
                .contains("EXPOSE " + port(service) + "\n")
                .contains(service + "/target/image-app/")
                .as("the image caches its start, and starts from the cache")
                .contains("deploy/docker/cache-start")
                .contains("\"-XX:AOTCache=app.aot\"")
                .as("a process that ran out of memory ends")
                .contains("\"-XX:+ExitOnOutOfMemoryError\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "fitting-service"})
    void prometheusScrapesThePortOfTheService(String service) throws IOException {
        String config = Files.readString(DEPLOY.resolve("monitoring/prometheus/prometheus.yml"));
        assertThat(config)
                .containsPattern("127\\.0\\.0\\.1:" + port(service) + "\"\\]\\s+labels: \\{ service: " + service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "fitting-service"})
    void manifestsRunTheImagesThatAreBuilt(String service) {
        String script = Project.read(DEPLOY.resolve("images"));
        assertThat(script).contains("build " + service + " deploy/docker/" + service + "/Dockerfile");
        for (String overlay : Manifests.OVERLAYS) {
            String image =
                    Manifests.of(overlay).container(service).path("image").asText();
            assertThat(image).matches("(localhost/)?plm-frontier/" + service + "(-cuda)?:[\\w.]+");
            if (image.contains("-cuda")) {
                assertThat(script).contains("build " + service + "-cuda ");
            }
        }
    }

    private static String port(String service) throws IOException {
        Path file = DEPLOY.resolveSibling(service).resolve("src/main/resources/application.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.getProperty("quarkus.http.port");
    }
}
