package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A container has no Swagger UI: it runs in the profile prod, in which that is off, and nothing in it or around it says otherwise. */
class SwaggerUiTest {
    private static final String ENABLED = "quarkus.swagger-ui.enabled";
    private static final List<String> NOT_IN_CONTAINERS = List.of("local", "dev", "test");
    private static final Pattern PROFILED = Pattern.compile("%([^.]+)\\." + Pattern.quote(ENABLED));
    /** As variables, properties and options name them. */
    private static final Pattern SWITCHES = Pattern.compile("swagger[._-]ui|(quarkus|config)[._-]profile");

    static Stream<String> services() {
        return Project.SERVICES.stream();
    }

    static Stream<String> overlays() {
        return Manifests.OVERLAYS.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void itIsOffButInProfilesThatNoContainerHas(String service) {
        Properties properties = Project.properties(service);
        assertThat(properties.getProperty(ENABLED)).isEqualTo("false");
        assertThat(properties.getProperty("quarkus.profile")).isNull();
        for (Map.Entry<Object, Object> property : properties.entrySet()) {
            Matcher profiled = PROFILED.matcher(property.getKey().toString());
            if (profiled.matches() && !property.getValue().equals("false")) {
                assertThat(NOT_IN_CONTAINERS)
                        .containsAll(List.of(profiled.group(1).split(",")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void anImageChoosesNoProfileAndSwitchesNothingOn(String service) {
        String dockerfile = Project.read(Project.DEPLOY.resolve("docker/" + service + "/Dockerfile"));
        assertThat(switches(dockerfile)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothingInTheClusterChoosesAProfileOrSwitchesItOn(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (String service : Project.SERVICES) {
            JsonNode container = manifests.container(service);
            assertThat(container.path("env")).as(service).isNotEmpty();
            assertThat(switches(container.toString())).as(service).isEmpty();
        }
        manifests
                .all("ConfigMap")
                .forEach(map -> assertThat(switches(map.path("data").toString()))
                        .as(Manifests.name(map))
                        .isEmpty());
    }

    /** So that the tests above can fail. */
    @Test
    void everyWayToSwitchItOnIsSeen() {
        assertThat(List.of(
                        "ENV QUARKUS_PROFILE=local",
                        "\"-Dquarkus.profile=dev\"",
                        "{\"name\":\"QUARKUS_SWAGGER_UI_ENABLED\"}",
                        "quarkus.swagger-ui.enabled=true",
                        "SMALLRYE_CONFIG_PROFILE"))
                .allSatisfy(text -> assertThat(switches(text)).hasSize(1));
    }

    private static List<String> switches(String text) {
        return SWITCHES.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> found.group())
                .toList();
    }
}
