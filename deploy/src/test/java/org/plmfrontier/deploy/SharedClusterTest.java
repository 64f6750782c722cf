package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a real cluster refused or stopped: pods, images and secrets that others make for us, or that we make for others. */
class SharedClusterTest {
    private static final List<String> OVERLAYS = Manifests.OVERLAYS;
    private static final int TEN_MINUTES = 600;
    private static final String README = Project.read(Project.DEPLOY.resolve("README.md"));

    private static String version() {
        Matcher version = Pattern.compile("(?m)^  <version>(.*)</version>")
                .matcher(Project.read(Project.DEPLOY.resolveSibling("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    @Test
    void everyImageOfTheLocalOverlayIsOneThatTheScriptMakes() {
        String script = Project.read(Project.DEPLOY.resolve("images"));
        List<JsonNode> pods = Stream.concat(
                        Manifests.of("local").all("Deployment").map(deployment -> deployment.at("/spec/template/spec")),
                        Manifests.parse(Project.read(Project.DEPLOY.resolve("k8s/tools/upload.yaml"))).stream()
                                .map(pod -> pod.path("spec")))
                .toList();
        Set<String> images = pods.stream()
                .flatMap(spec -> spec.path("containers").valueStream())
                .map(container -> container.path("image").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(images).hasSize(3).allSatisfy(image -> {
            assertThat(image).startsWith("localhost/plm-frontier/").endsWith(":" + version());
            String name = image.replaceFirst("localhost/plm-frontier/(.*):.*", "$1");
            assertThat(script).contains("build " + name + " ");
        });
        assertThat(script).contains("-t \"plm-frontier/$name:$version\"");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everySecretIsMadeByAnOperatorOrByALineOfTheReadme(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        Set<String> made = new TreeSet<>();
        Matcher lines = Pattern.compile("create secret generic (\\S+)").matcher(README);
        while (lines.find()) {
            made.add(lines.group(1));
        }
        manifests.all("KafkaUser").map(Manifests::name).forEach(made::add);
        manifests
                .all("Kafka")
                .map(kafka -> Manifests.name(kafka) + "-cluster-ca-cert")
                .forEach(made::add);
        manifests
                .all("Cluster")
                .map(Manifests::name)
                .forEach(name -> made.addAll(List.of(name + "-app", name + "-ca")));
        Set<String> asked = new TreeSet<>();
        manifests.objects().forEach(object -> secrets(object, asked));
        assertThat(asked).hasSizeGreaterThan(4);
        assertThat(made).containsAll(asked);
    }

    private static void secrets(JsonNode node, Set<String> found) {
        addText(node.at("/secretKeyRef/name"), found);
        addText(node.at("/secret/secretName"), found);
        node.forEach(child -> secrets(child, found));
    }

    private static void addText(JsonNode name, Set<String> found) {
        if (name.isTextual()) {
            found.add(name.asText());
        }
    }

    @Test
    void withCheckpointsInABucketNoVolumeIsMountedByManyNodes() {
        Manifests manifests = Manifests.of("src/test/k8s/bucket");
        assertThat(manifests.all("PersistentVolumeClaim"))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim.at("/spec/accessModes").toString())
                        .as(Manifests.name(claim))
                        .isEqualTo("[\"ReadWriteOnce\"]"));
        JsonNode trainer = manifests.container("trainer-service");
        assertThat(trainer.path("env").findValuesAsText("name")).doesNotContain("TRAINER_CHECKPOINT_DIR");
        assertThat(trainer.path("volumeMounts").findValuesAsText("mountPath")).doesNotContain("/checkpoints");
        assertThat(manifests.pod("trainer-service").at("/spec/volumes").findValuesAsText("claimName"))
                .isEmpty();
        String bucket = trainer.at("/envFrom/0/configMapRef/name").asText();
        assertThat(manifests
                        .one("ConfigMap", bucket)
                        .at("/data/TRAINER_CHECKPOINTS")
                        .asText())
                .startsWith("s3://");
        assertThat(trainer.at("/envFrom/1/secretRef/name").asText()).isEqualTo(bucket);
        assertThat(trainer.at("/envFrom/1/secretRef/optional").asBoolean()).isTrue();
        assertThat(README).contains("create secret generic " + bucket + " ");
        assertThat(manifests
                        .one("NetworkPolicy", "s3-checkpoints")
                        .at("/spec/egress/0/ports/0/port")
                        .asInt())
                .isEqualTo(443);
    }

    /** Each overlay with the component added and nothing taken away, in another namespace. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void anOverlayThatScalesByLagAsksTheBrokerOfItsNamespace(String overlay) throws IOException {
        Path folder = Files.createDirectories(Project.DEPLOY.resolve("target/scaled-by-lag/" + overlay));
        for (Path file : Project.list(Project.DEPLOY.resolve("k8s/overlays/" + overlay), ".yaml")) {
            Files.writeString(folder.resolve(file.getFileName()), Project.read(Project.ROOT.resolve(file)));
        }
        Path kustomization = folder.resolve("kustomization.yaml");
        String own = Project.read(kustomization);
        String component = "components:\n  - ../../components/scale-by-lag\n";
        String changed = own.contains("\ncomponents:\n") ? own.replace("components:\n", component) : own + component;
        Files.writeString(
                kustomization,
                changed.replace("namespace: plm-frontier", "namespace: elsewhere")
                        .replace("../../", "../../../k8s/"));
        JsonNode byLag = Manifests.of("target/scaled-by-lag/" + overlay).one("ScaledObject", "trainer-service");
        assertThat(byLag.at("/spec/triggers")).hasSize(1);
        assertThat(byLag.at("/spec/triggers/0/metadata/bootstrapServers").asText())
                .isEqualTo("plm-kafka-bootstrap.elsewhere.svc:9093");
        assertThat(Manifests.of(overlay)
                        .one("ScaledObject", "trainer-service")
                        .at("/spec/triggers/0/metadata/url")
                        .asText())
                .isEqualTo("http://dataset-service.plm-frontier.svc:8081/scaling");
    }

    /** The manifests are held against the kinds of one version of Strimzi; that one is installed. */
    @Test
    void operatorsAreInstalledAtVersionsThatAreNamed() {
        List<String> installed =
                README.lines().filter(line -> line.startsWith("helm install ")).toList();
        assertThat(installed)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).containsPattern(" --version [0-9]+\\.[0-9]+\\.[0-9]+ "));
        Matcher strimzi = Pattern.compile("<strimzi\\.version>(.*)</strimzi\\.version>")
                .matcher(Project.read(Project.DEPLOY.resolve("pom.xml")));
        assertThat(strimzi.find()).isTrue();
        assertThat(installed)
                .filteredOn(line -> line.contains("strimzi-kafka-operator"))
                .singleElement()
                .asString()
                .contains(" --version " + strimzi.group(1) + " ");
    }

    @Test
    void theOperatorOfTheBrokerMakesPodsThatTheNamespaceAdmits() {
        assertThat(Manifests.of("local").objects())
                .filteredOn(object -> Manifests.kind(object).equals("Namespace"))
                .singleElement()
                .extracting(object -> object.at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        assertThat(README)
                .containsPattern("helm install strimzi .*name=STRIMZI_POD_SECURITY_PROVIDER_CLASS .*value=restricted");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void whatHoldsAStudyTogetherIsAboveTrainers(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        Map<String, Integer> values = new HashMap<>();
        manifests
                .all("PriorityClass")
                .forEach(
                        one -> values.put(Manifests.name(one), one.path("value").asInt()));
        int trainers = priority(values, manifests.pod("trainer-service").path("spec"));
        JsonNode kafka = manifests.one("Kafka", "plm").path("spec");
        assertThat(List.of(
                        kafka.at("/kafka/template/pod"),
                        kafka.at("/entityOperator/template/pod"),
                        manifests.one("Cluster", "dataset-db").path("spec"),
                        manifests.one("Cluster", "fitting-db").path("spec"),
                        manifests.pod("dataset-service").path("spec"),
                        manifests.pod("fitting-service").path("spec")))
                .allSatisfy(pod -> assertThat(priority(values, pod)).isGreaterThan(trainers));
        for (String operator : List.of("topicOperator", "userOperator")) {
            assertThat(kafka.at("/entityOperator/" + operator + "/resources/requests/memory")
                            .asText())
                    .as(operator)
                    .isNotEmpty();
        }
    }

    private static int priority(Map<String, Integer> values, JsonNode pod) {
        String name = pod.path("priorityClassName").asText();
        assertThat(values).as("%s", pod).containsKey(name);
        return values.getOrDefault(name, 0);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void brokersNeverShareANode(String overlay) {
        JsonNode rule = Manifests.of(overlay)
                .one("Kafka", "plm")
                .at(
                        "/spec/kafka/template/pod/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0");
        assertThat(rule.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
        assertThat(rule.at("/labelSelector/matchLabels/strimzi.io~1name").asText())
                .isEqualTo("plm-kafka");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aDrainIsNeverStuckOnAPodThatWaits(String overlay) {
        assertThat(Manifests.of(overlay).all("PodDisruptionBudget"))
                .hasSize(3)
                .allSatisfy(budget -> assertThat(
                                budget.at("/spec/unhealthyPodEvictionPolicy").asText())
                        .isEqualTo("AlwaysAllow"));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aStartMayTakeTenMinutes(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        assertThat(Project.SERVICES).allSatisfy(service -> {
            JsonNode probe = manifests.container(service).path("startupProbe");
            assertThat(probe.path("periodSeconds").asInt()
                            * probe.path("failureThreshold").asInt())
                    .isGreaterThanOrEqualTo(TEN_MINUTES);
        });
    }

    /** Policies add up: what the broker's operator makes of a listener counts beside ours. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theBrokerIsOpenToTheServicesAlone(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        JsonNode listeners = manifests.one("Kafka", "plm").at("/spec/kafka/listeners");
        assertThat(listeners).hasSize(1);
        JsonNode made = listeners.path(0).path("networkPolicyPeers");
        Stream<JsonNode> ours = manifests
                .all("NetworkPolicy")
                .filter(policy -> policy.at("/spec/podSelector/matchLabels/strimzi.io~1name")
                        .asText()
                        .equals("plm-kafka"))
                .flatMap(policy -> policy.at("/spec/ingress").valueStream())
                .flatMap(rule -> rule.path("from").valueStream());
        assertThat(Stream.concat(made.valueStream(), ours)
                        .map(peer -> peer.at("/podSelector/matchLabels/app.kubernetes.io~1name")
                                .asText())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Project.SERVICES);
    }

    @Test
    void theScalersAddressFollowsTheNamespace(@TempDir Path folder) throws IOException {
        Tool.require("kubectl", "kustomize renders the manifests");
        try (Stream<Path> files = Files.walk(Project.DEPLOY.resolve("k8s"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(Project.DEPLOY.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        Files.readString(file).replaceAll("(?m)^namespace: plm-frontier$", "namespace: elsewhere"));
            }
        }
        Tool.Outcome rendered = Tool.run(folder, List.of("kubectl", "kustomize", "k8s/overlays/local"));
        assertThat(rendered.status()).as(rendered.output()).isZero();
        assertThat(rendered.output()).contains("http://dataset-service.elsewhere.svc:8081/scaling");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void podsHaveTheRecommendedLabels(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        assertThat(Project.SERVICES).allSatisfy(service -> {
            JsonNode labels = manifests.pod(service).at("/metadata/labels");
            assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(service);
            assertThat(labels.path("app.kubernetes.io/version").asText()).isEqualTo(version());
            assertThat(labels.path("app.kubernetes.io/component").asText()).isEqualTo(service.replace("-service", ""));
            assertThat(labels.path("app.kubernetes.io/instance").asText()).isNotEmpty();
            assertThat(labels.path("app.kubernetes.io/part-of").asText()).isEqualTo("plm-frontier");
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void logsAreJsonThereAndOneFormatWithDatesElsewhere(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        assertThat(Project.SERVICES)
                .allSatisfy(service -> assertThat(manifests.env(service, "QUARKUS_LOG_CONSOLE_JSON_ENABLED"))
                        .isEqualTo("true"));
        assertThat(Project.SERVICES.stream()
                        .map(service -> Project.properties(service).getProperty("quarkus.log.console.format"))
                        .distinct())
                .singleElement()
                .asString()
                .contains("yyyy-MM-dd");
    }
}
