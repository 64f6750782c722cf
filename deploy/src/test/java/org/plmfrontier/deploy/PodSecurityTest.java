package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Pod Security "restricted", and what else a pod of the project owes its node. */
class PodSecurityTest {
    static Iterable<String> overlays() {
        return Manifests.OVERLAYS;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theNamespaceEnforcesRestricted(String overlay) {
        assertThat(Manifests.of(overlay)
                        .one("Namespace", "plm-frontier")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsRestricted(String overlay) {
        assertThat(Manifests.of(overlay).all("Deployment")).hasSize(3).allSatisfy(deployment -> {
            JsonNode pod = deployment.at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
            assertThat(pod.path("volumes").valueStream().filter(volume -> volume.has("hostPath")))
                    .isEmpty();
            assertThat(pod.path("priorityClassName").asText()).startsWith("plm-frontier-");
            assertThat(pod.path("containers")).allSatisfy(container -> {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(context.has("privileged")).isFalse();
                assertThat(container.at("/resources/requests/memory").asText())
                        .as("memory is given, not lent")
                        .isNotEmpty()
                        .isEqualTo(container.at("/resources/limits/memory").asText());
                assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSecretStandsInAFile(String overlay) {
        assertThat(Manifests.of(overlay).all("Secret")).isEmpty();
        assertThat(Manifests.of(overlay)
                        .all("Deployment")
                        .flatMap(deployment -> deployment
                                .at("/spec/template/spec/containers/0/env")
                                .valueStream())
                        .filter(entry -> entry.path("name").asText().matches(".*(PASSWORD|TOKENS|JAAS_CONFIG)")))
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(entry.at("/valueFrom/secretKeyRef").isMissingNode())
                                .isFalse());
    }
}
