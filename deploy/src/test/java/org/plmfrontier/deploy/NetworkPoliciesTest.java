package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policies allow against what the services' settings say they open. */
class NetworkPoliciesTest {
    private static final Pattern BROKER = Pattern.compile("([\\w-]+)-kafka-bootstrap:(\\d+)");
    private static final Pattern DATABASE = Pattern.compile("jdbc:postgresql://([\\w-]+)-rw:(\\d+)/.*");

    static Iterable<String> services() {
        return Project.SERVICES;
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void everythingIsDeniedFirst(String overlay) {
        JsonNode policy =
                Manifests.of(overlay).one("NetworkPolicy", "default-deny").path("spec");
        assertThat(policy.path("podSelector").isEmpty()).isTrue();
        assertThat(policy.path("policyTypes").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(policy.has("ingress") || policy.has("egress")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceMayOpenExactlyTheConnectionsOfItsSettings(String service) {
        Manifests manifests = Manifests.of("prod");
        Set<String> opened = new TreeSet<>();
        for (JsonNode entry : manifests.container(service).path("env")) {
            String value = entry.path("value").asText();
            Matcher broker = BROKER.matcher(value);
            if (broker.matches()) {
                opened.add("strimzi.io/name=" + broker.group(1) + "-kafka:" + broker.group(2));
            }
            Matcher database = DATABASE.matcher(value);
            if (database.matches()) {
                opened.add("cnpg.io/cluster=" + database.group(1) + ":" + database.group(2));
            }
        }
        Set<String> allowed = new TreeSet<>();
        JsonNode policy = manifests.one("NetworkPolicy", service).path("spec");
        for (JsonNode rule : policy.path("egress")) {
            for (JsonNode peer : rule.path("to")) {
                peer.at("/podSelector/matchLabels")
                        .propertyStream()
                        .forEach(label -> rule.path("ports")
                                .forEach(port -> allowed.add(
                                        label.getKey() + "=" + label.getValue().asText() + ":"
                                                + port.path("port").asInt())));
            }
        }
        assertThat(opened).isNotEmpty();
        assertThat(allowed).isEqualTo(opened);
        assertThat(opened)
                .allSatisfy(target -> assertThat(admits(manifests, target, service))
                        .as("%s lets %s in", target, service)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceIsReachedOnItsPortOnly(String service) {
        JsonNode policy = Manifests.of("prod").one("NetworkPolicy", service).path("spec");
        assertThat(policy.path("ingress")).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.path("from")).isNotEmpty();
            assertThat(rule.path("ports")
                            .valueStream()
                            .map(port -> port.path("port").asInt()))
                    .containsExactly(Project.port(service));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitoring", "keda"})
    void scrapersReachWhatTheyRead(String namespace) {
        Manifests manifests = Manifests.of("prod");
        String[] read =
                namespace.equals("keda") ? new String[] {"dataset-service"} : Project.SERVICES.toArray(String[]::new);
        assertThat(read)
                .allSatisfy(service -> assertThat(manifests
                                .one("NetworkPolicy", service)
                                .at("/spec/ingress")
                                .toString())
                        .contains("\"kubernetes.io/metadata.name\":\"" + namespace + "\""));
    }

    /** Whether some policy of the target's pods has the caller among its peers on the target's port. */
    private static boolean admits(Manifests manifests, String target, String caller) {
        String label = target.substring(0, target.indexOf('='));
        String name = target.substring(target.indexOf('=') + 1, target.lastIndexOf(':'));
        int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
        return manifests
                .all("NetworkPolicy")
                .map(policy -> policy.path("spec"))
                .filter(policy -> policy.at("/podSelector/matchLabels")
                        .path(label)
                        .asText()
                        .equals(name))
                .flatMap(policy -> policy.path("ingress").valueStream())
                .filter(rule -> rule.path("ports")
                        .valueStream()
                        .anyMatch(open -> open.path("port").asInt() == port))
                .flatMap(rule -> rule.path("from").valueStream())
                .anyMatch(peer -> peer.at("/podSelector/matchLabels/app.kubernetes.io~1name")
                        .asText()
                        .equals(caller));
    }
}
