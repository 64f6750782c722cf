package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.topic.Topics;

/** What the API server does not notice: one side of a name, number or path changed and the other did not. */
class AcrossFilesTest {
    private static final Pattern GROUP = Pattern.compile("GROUP_ID_CONFIG, \"([^\"]+)\"");
    private static final String LAG = "src/test/k8s/lag";

    static List<String> overlays() {
        return Manifests.OVERLAYS;
    }

    static List<String> services() {
        return Project.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void topicsAreThoseOfTheCode(String overlay) {
        assertThat(Manifests.of(overlay).all("KafkaTopic").map(Manifests::name))
                .containsExactlyInAnyOrder(
                        Topics.JOBS,
                        Topics.EVENTS,
                        Topics.PROGRESS,
                        Topics.CHECKPOINTS,
                        Topics.COMMANDS,
                        Topics.FRONTIER,
                        Topics.FORECASTS,
                        Topics.CORPUS_EVENTS,
                        Topics.EVALUATION_JOBS,
                        Topics.deadLetters(Topics.JOBS),
                        Topics.deadLetters(Topics.EVALUATION_JOBS),
                        Topics.deadLetters(Topics.EVENTS),
                        Topics.deadLetters(Topics.COMMANDS));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void partitionsAreTheSameForTheServiceTheTopicAndTheScaler(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        int jobs = Integer.parseInt(manifests.env("dataset-service", "DATASET_JOBS_PARTITIONS"));
        assertThat(partitions(manifests, Topics.JOBS)).isEqualTo(jobs);
        assertThat(partitions(manifests, Topics.CHECKPOINTS))
                .as("checkpoints are partitioned like jobs")
                .isEqualTo(jobs);
        assertThat(partitions(manifests, Topics.PROGRESS)).isEqualTo(partitions(manifests, Topics.EVENTS));
        assertThat(partitions(manifests, Topics.EVENTS))
                .isEqualTo(Integer.parseInt(manifests.env("dataset-service", "DATASET_EVENTS_PARTITIONS")));
        assertThat(scaledObject(manifests).at("/spec/maxReplicaCount").asInt())
                .as("a trainer without partition has no work")
                .isBetween(1, jobs);
        assertThat(scaledObject(manifests).at("/spec/minReplicaCount").asInt()).isZero();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noTopicWantsMoreReplicasThanThereAreBrokers(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        int brokers = manifests.one("KafkaNodePool", "plm").at("/spec/replicas").asInt();
        int replicas = Integer.parseInt(manifests.env("dataset-service", "DATASET_TOPICS_REPLICATION"));
        assertThat(replicas).isBetween(1, brokers);
        assertThat(manifests
                        .all("KafkaTopic")
                        .map(topic -> topic.at("/spec/replicas").asInt()))
                .containsOnly(replicas);
        JsonNode config = manifests.one("Kafka", "plm").at("/spec/kafka/config");
        assertThat(config.path("min.insync.replicas").asInt()).isLessThanOrEqualTo(replicas);
        assertThat(config.path("offsets.topic.replication.factor").asInt()).isLessThanOrEqualTo(brokers);
        assertThat(config.path("transaction.state.log.replication.factor").asInt())
                .isLessThanOrEqualTo(brokers);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everythingStandsInTheNamespace(String overlay) {
        assertThat(Manifests.of(overlay).objects().stream()
                        .filter(object -> !Set.of("Namespace", "PriorityClass").contains(Manifests.kind(object)))
                        .map(object -> object.at("/metadata/namespace").asText()))
                .containsOnly("plm-frontier");
    }

    @Test
    void theLagScalerKnowsTopicAndGroupOfTheTrainers() {
        JsonNode trigger = scaledObject(Manifests.of(LAG)).at("/spec/triggers/0/metadata");
        Properties trainer = Project.properties("trainer-service");
        assertThat(trigger.path("topic").asText())
                .isEqualTo(trainer.getProperty("mp.messaging.incoming.jobs.topic"))
                .isEqualTo(Topics.JOBS);
        assertThat(trigger.path("consumerGroup").asText())
                .isEqualTo(trainer.getProperty("mp.messaging.incoming.jobs.group.id"));
        assertThat(trigger.path("offsetResetPolicy").asText()).isEqualTo("earliest");
        assertThat(trigger.has("allowIdleConsumers")).isFalse();
        assertThat(trigger.path("username").asText())
                .isEqualTo(Manifests.name(Manifests.of(LAG).one("KafkaUser", "trainer-scaler")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theScalerReadsAFieldThatTheServiceAnswersOnThePortOfItsService(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        JsonNode trigger = scaledObject(manifests).at("/spec/triggers/0/metadata");
        JsonNode service = manifests.one("Service", "dataset-service");
        assertThat(trigger.path("url").asText())
                .isEqualTo("http://dataset-service."
                        + service.at("/metadata/namespace").asText() + ".svc:"
                        + service.at("/spec/ports/0/port").asInt() + "/scaling");
        String backlog = Project.read(
                Project.ROOT.resolve("dataset-service/src/main/java/org/plmfrontier/dataset/study/Backlog.java"));
        assertThat(backlog)
                .containsPattern("record Backlog\\([^)]*\\b"
                        + trigger.path("valueLocation").asText() + "\\b");
    }

    /** Groups of consumers that are no channels. */
    private static Stream<String> groupsOfTheCode(String service) {
        return Project.sources(service).stream()
                .flatMap(file -> GROUP.matcher(Project.read(file)).results())
                .map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("services")
    void groupsAndTopicsOfTheAccessRulesAreThoseOfTheConfiguration(String service) {
        List<JsonNode> rules = Manifests.of("prod")
                .one("KafkaUser", service)
                .at("/spec/authorization/acls")
                .valueStream()
                .map(rule -> rule.path("resource"))
                .toList();
        Properties properties = Project.properties(service);
        Set<String> configured = properties.stringPropertyNames();
        assertThat(Manifests.of("prod")
                        .one("KafkaUser", service)
                        .at("/spec/authorization/acls")
                        .valueStream()
                        .filter(rule -> rule.path("operations").toString().contains("Read"))
                        .map(rule -> rule.path("resource"))
                        .filter(rule -> rule.path("type").asText().equals("group"))
                        .map(AcrossFilesTest::name))
                .as("groups whose offsets the service commits")
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                configured.stream()
                                        .filter(key -> key.endsWith(".group.id"))
                                        .map(properties::getProperty),
                                groupsOfTheCode(service))
                        .toList());
        assertThat(rules.stream()
                        .filter(rule -> rule.path("type").asText().equals("topic"))
                        .map(AcrossFilesTest::name))
                .containsAll(configured.stream()
                        .filter(key -> key.matches("mp\\.messaging\\.\\w+\\.[\\w-]+\\.topic"))
                        .map(properties::getProperty)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everySelectorFindsPods(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        List<JsonNode> labels = manifests
                .all("Deployment")
                .map(deployment -> deployment.at("/spec/template/metadata/labels"))
                .toList();
        Stream<JsonNode> selectors = Stream.of(
                        manifests.all("Deployment").map(object -> object.at("/spec/selector/matchLabels")),
                        manifests.all("Service").map(object -> object.at("/spec/selector")),
                        manifests.all("PodDisruptionBudget").map(object -> object.at("/spec/selector/matchLabels")),
                        manifests.all("PodMonitor").map(object -> object.at("/spec/selector/matchLabels")),
                        manifests
                                .all("Deployment")
                                .map(object -> object.at(
                                        "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels")))
                .flatMap(objects -> objects);
        assertThat(selectors)
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(selector.isEmpty())
                        .isFalse()
                        .isEqualTo(labels.stream().noneMatch(label -> contains(label, selector))));
    }

    @ParameterizedTest
    @MethodSource("services")
    void portsAndProbesAreThoseOfTheService(String service) {
        JsonNode container = Manifests.of("prod").container(service);
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(Project.port(service));
        assertThat(Project.properties(service).getProperty("quarkus.http.non-application-root-path"))
                .as("health and metrics are under /q")
                .isNull();
        String pom = Project.read(Project.ROOT.resolve(service).resolve("pom.xml"));
        assertThat(pom).contains("quarkus-smallrye-health").contains("quarkus-micrometer-registry-prometheus");
        Map.of("startupProbe", "live", "livenessProbe", "live", "readinessProbe", "ready")
                .forEach((probe, path) -> {
                    JsonNode http = container.path(probe).path("httpGet");
                    assertThat(http.path("path").asText()).isEqualTo("/q/health/" + path);
                    assertThat(http.path("port").asText())
                            .isEqualTo(container.at("/ports/0/name").asText());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void prometheusScrapesPortsThatExist(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        assertThat(manifests.all("PodMonitor").map(Manifests::name)).containsExactlyInAnyOrderElementsOf(services());
        assertThat(manifests.all("PodMonitor")).allSatisfy(monitor -> {
            JsonNode endpoint = monitor.at("/spec/podMetricsEndpoints/0");
            assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
            assertThat(endpoint.path("port").asText())
                    .isEqualTo(manifests
                            .container(Manifests.name(monitor))
                            .at("/ports/0/name")
                            .asText());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyVariableIsADocumentedKeyOfTheService(String overlay) {
        for (String service : Project.SERVICES) {
            List<String> known = ConfigurationKeys.of(service).stream()
                    .map(ConfigurationKeys::variable)
                    .toList();
            assertThat(StreamSupport.stream(
                                    Manifests.of(overlay)
                                            .container(service)
                                            .path("env")
                                            .spliterator(),
                                    false)
                            .map(entry -> entry.path("name").asText()))
                    .as(service)
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .isSubsetOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void thePodWaitsLongerThanTheServiceNeedsToLeave(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (String service : Project.SERVICES) {
            Duration given = Duration.ofSeconds(manifests
                    .pod(service)
                    .at("/spec/terminationGracePeriodSeconds")
                    .asLong());
            String shutdown = Project.properties(service).getProperty("quarkus.shutdown.timeout", "0S");
            Duration needed = Duration.parse("PT" + shutdown);
            if (service.equals("trainer-service")) {
                needed = needed.plus(Duration.parse(manifests.env(service, "TRAINER_GRACE_PERIOD")));
            }
            assertThat(given).as(service).isGreaterThan(needed.plusSeconds(5));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void mountedFilesAreWhereTheVariablesLookForThem(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (String service : Project.SERVICES) {
            List<String> mounts = manifests
                    .container(service)
                    .path("volumeMounts")
                    .valueStream()
                    .map(mount -> mount.path("mountPath").asText())
                    .toList();
            assertThat(mounts).allMatch(path -> path.startsWith("/"));
            Stream<String> paths = manifests
                    .container(service)
                    .path("env")
                    .valueStream()
                    .map(entry -> entry.path("value").asText())
                    .flatMap(value -> Stream.of(value.replaceFirst(".*sslrootcert=", "")))
                    .filter(value -> value.startsWith("/"));
            assertThat(paths)
                    .isNotEmpty()
                    .allSatisfy(path ->
                            assertThat(mounts).anyMatch(mount -> path.equals(mount) || path.startsWith(mount + "/")));
        }
    }

    private static int partitions(Manifests manifests, String topic) {
        return manifests.one("KafkaTopic", topic).at("/spec/partitions").asInt();
    }

    private static JsonNode scaledObject(Manifests manifests) {
        return manifests.one("ScaledObject", "trainer-service");
    }

    private static String name(JsonNode resource) {
        return resource.path("name").asText();
    }

    private static boolean contains(JsonNode labels, JsonNode selector) {
        return selector.propertyStream().allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    }
}
