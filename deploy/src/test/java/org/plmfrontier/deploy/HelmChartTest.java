package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.deploy.Chart.Release;

/**
 * What Helm makes of the chart is what kustomize makes of the overlays and components, field by field. Stated differences: the
 * namespace with its labels is kustomize's alone; labels and annotations that say what Helm does with an object are the
 * chart's; and the chart gives the recommended labels also to objects of components.
 */
class HelmChartTest {
    private static final Set<String> HELMS_LABELS = Set.of("helm.sh/chart", "app.kubernetes.io/managed-by");
    private static final Set<String> RECOMMENDED = Set.of(
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/version",
            "app.kubernetes.io/component");
    private static final String KEEP = "helm.sh/resource-policy";
    private static final Path UNUSUAL = Project.DEPLOY.resolve("src/test/k8s/unusual-values.yaml");

    /** Folders of kustomize, or names of overlays. */
    static Stream<String> variants() {
        return Stream.concat(Manifests.OVERLAYS.stream(), Manifests.COMPONENTS.stream());
    }

    private static Release release(String variant) {
        return Release.of(
                variant.contains("/") ? Project.DEPLOY.resolve(variant).resolve("values.yaml") : Chart.values(variant));
    }

    @Test
    void helmFindsNothingToComplainAbout() {
        LintResult result = Chart.helm(Chart.archive()).lint().strict().call();
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.matches("\\[(WARNING|ERROR)].*"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theChartMakesWhatKustomizeMakes(String variant) {
        Map<String, JsonNode> kustomized = byName(Manifests.of(variant));
        Map<String, JsonNode> charted = byName(Chart.render(release(variant)));
        assertThat(kustomized.remove("Namespace plm-frontier"))
                .as("helm users make it by --create-namespace")
                .isNotNull();
        assertThat(charted).hasSizeGreaterThan(30).containsOnlyKeys(kustomized.keySet());
        assertThat(kustomized.entrySet().stream()
                        .flatMap(entry -> differences(entry.getValue(), charted.get(entry.getKey()))
                                .map(difference -> entry.getKey() + " " + difference)))
                .isEmpty();
    }

    @Test
    void aDifferenceIsFoundWithItsPath() {
        JsonNode expected = Manifests.of("prod").one("Deployment", "trainer-service");
        ObjectNode actual = expected.deepCopy();
        ObjectNode container = (ObjectNode) actual.at("/spec/template/spec/containers/0");
        ((ObjectNode) container.at("/resources/limits")).remove("nvidia.com/gpu");
        ((ObjectNode) container.at("/readinessProbe/httpGet")).put("port", 8082);
        container
                .withArray("/env")
                .removeIf(entry -> entry.path("name").asText().equals("TRAINER_DEVICES"));
        assertThat(differences(expected, actual))
                .containsExactlyInAnyOrder(
                        "/spec/template/spec/containers/trainer-service/resources/limits/nvidia.com/gpu: \"1\", but nothing",
                        "/spec/template/spec/containers/trainer-service/readinessProbe/httpGet/port: \"http\", but 8082",
                        "/spec/template/spec/containers/trainer-service/env/TRAINER_DEVICES:"
                                + " {\"name\":\"TRAINER_DEVICES\",\"value\":\"cuda:0\"}, but nothing");
    }

    static Stream<Release> releases() {
        return Stream.of(
                        variants().map(HelmChartTest::release),
                        Stream.of(
                                Release.of(),
                                Release.of(UNUSUAL),
                                Release.with("trainer.spot", "true"),
                                Release.of(
                                        Chart.values("prod"), Project.DEPLOY.resolve("src/test/k8s/dra/values.yaml")),
                                Release.of(Chart.values("local"), UNUSUAL),
                                Release.with("trainer.gpu.claim.selector", "device.driver == 'gpu.nvidia.com'")))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyObjectFitsItsSchema(Release release) {
        List<JsonNode> objects = Chart.render(release).objects();
        assertThat(objects).hasSizeGreaterThan(30);
        objects.forEach(object -> assertThatCode(() -> Schemas.check(object))
                .as(object.toString())
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyVariableIsSetOnceAndIsAKeyOfTheService(Release release) {
        Manifests manifests = Chart.render(release);
        for (String service : Project.SERVICES) {
            assertThat(manifests
                            .container(service)
                            .path("env")
                            .valueStream()
                            .map(entry -> entry.path("name").asText()))
                    .as(service)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(ConfigurationKeys.of(service).stream()
                            .map(ConfigurationKeys::variable)
                            .toList());
        }
    }

    @Test
    void unusualValuesArriveWhereTheyBelong() {
        Manifests manifests = Chart.render(Release.of(UNUSUAL));
        assertThat(manifests.container("dataset-service").path("image").asText())
                .startsWith("registry.example.org:5000/ml/plm/dataset-service@sha256:0123456789abcdef");
        assertThat(manifests.container("fitting-service").path("image").asText())
                .isEqualTo("registry.example.org:5000/ml/plm/fitting-service:2");
        assertThat(manifests.container("trainer-service").path("image").asText())
                .isEqualTo("registry.example.org:5000/ml/plm/trainer-rocm:2");
        assertThat(manifests.env("dataset-service", "DATASET_SOURCES_ROOTS"))
                .isEqualTo("/corpora,https://ftp.example.org/sets/,s3://proteins");
        assertThat(manifests.env("dataset-service", "DATASET_JOBS_PARTITIONS")).isEqualTo("32");
        assertThat(manifests.env("trainer-service", "TRAINER_DEVICES")).isEqualTo("cuda:0,cuda:1");
        assertThat(manifests
                        .container("trainer-service")
                        .at("/resources/limits/amd.com~1gpu")
                        .asText())
                .isEqualTo("2");
        assertThat(manifests.pod("trainer-service").at("/spec/nodeSelector").toString())
                .contains("\"example.org/pool\":\"gpus\"", "\"example.org/zone\":\"a\"");
        assertThat(manifests
                        .one("Deployment", "trainer-service")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);
        assertThat(manifests.all("ScaledObject")).isEmpty();
        assertThat(manifests.all("PriorityClass")).isEmpty();
        assertThat(manifests.objects().stream().flatMap(object -> object.findValues("priorityClassName").stream()))
                .isEmpty();
        assertThat(manifests.all("ConfigMap")).isEmpty();
        assertThat(manifests.all("PersistentVolumeClaim").map(Manifests::name)).containsExactly("checkpoints");
        assertThat(manifests.pod("dataset-service").at("/spec/volumes").findValuesAsText("claimName"))
                .containsExactly("proteins");
        assertThat(manifests.one("NetworkPolicy", "fitting-service").toString()).contains("\"edge\"");
        assertThat(manifests
                        .one("KafkaTopic", "checkpoints")
                        .at("/spec/partitions")
                        .asInt())
                .isEqualTo(32);
        assertThat(manifests.objects())
                .noneMatch(object -> object.at("/metadata/annotations").has(KEEP))
                .allMatch(object -> object.at("/metadata/labels/team").asText().equals("proteins"));
    }

    @Test
    void whatHasDataStaysWhenTheReleaseIsUninstalled() {
        assertThat(Chart.render(Release.of()).objects().stream()
                        .filter(object -> object.at("/metadata/annotations")
                                .path(KEEP)
                                .asText()
                                .equals("keep"))
                        .map(Manifests::kind)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("PersistentVolumeClaim", "Kafka", "KafkaNodePool", "KafkaTopic", "Cluster");
    }

    @Test
    void theNamespaceIsTheReleases() {
        Manifests manifests = Chart.render(new Release(
                "second", "elsewhere", List.of(Chart.values("prod")), Map.of("priorityClasses.create", "false")));
        assertThat(manifests.objects())
                .allMatch(object -> object.at("/metadata/namespace").asText().equals("elsewhere"))
                .allMatch(object -> object.at("/metadata/labels/app.kubernetes.io~1instance")
                        .asText()
                        .equals("second"));
        assertThat(manifests.one("ScaledObject", "trainer-service").toString())
                .contains("http://dataset-service.elsewhere.svc:8081/scaling");
        assertThat(manifests.objects().stream().map(JsonNode::toString))
                .noneMatch(text -> text.contains(".plm-frontier.svc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trainer.scaling.by | backlog | /trainer/scaling/by",
                "trainer.scaling.max | 17 | trainer.scaling.max is 17 and kafka.partitions.jobs is 16",
                "trainer.scaling.min | 20 | trainer.scaling.min is 20, and trainer.scaling.max is 16",
                "trainer.gpu.count | one | /trainer/gpu/count",
                "trainer.replicas | 3 | replicas",
                "trainer.env.TRAINER_DEVICES | cpu | TRAINER_DEVICES",
                "trainer.kueue.clusterQueue | all | trainer.kueue.queue: the name of the LocalQueue is missing",
                "image.tag | a:b | /image/tag",
                "fitting.image.digest | sha256:1 | /fitting/image/digest",
                "corpora.size | large | /corpora/size",
                "checkpoints.bucket.url | https://bucket | /checkpoints/bucket/url",
                "kafka.brokers | 2 | kafka.replication is 3, and kafka.brokers are 2",
                "networkPolicies.enabled | sometimes | /networkPolicies/enabled"
            })
    void aWrongValueIsRefusedWithItsName(String key, String value, String named) {
        assertThatThrownBy(() -> Chart.render(Release.with(key, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aClaimNeedsAClusterThatKnowsThem() {
        TemplateCommand older = Chart.helm(Chart.archive())
                .template()
                .withKubeVersion("1.33.4")
                .withValuesFile(Project.DEPLOY.resolve("src/test/k8s/dra/values.yaml"));
        assertThatThrownBy(older::call)
                .hasMessageContaining("trainer.gpu.claim.enabled needs Kubernetes 1.34, and this is v1.33.4");
    }

    private static Map<String, JsonNode> byName(Manifests manifests) {
        return manifests.objects().stream()
                .collect(Collectors.toMap(
                        object -> Manifests.kind(object) + " " + Manifests.name(object),
                        object -> object,
                        (one, other) -> {
                            throw new AssertionError("twice: " + one);
                        },
                        TreeMap::new));
    }

    /** Without the stated ones. */
    private static Stream<String> differences(JsonNode kustomized, JsonNode charted) {
        ObjectNode object = charted.deepCopy();
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        JsonNode labels = kustomized.at("/metadata/labels");
        if (metadata.path("labels") instanceof ObjectNode own) {
            own.remove(HELMS_LABELS);
            own.remove(RECOMMENDED.stream().filter(label -> !labels.has(label)).toList());
            removeIfEmpty(metadata, "labels");
        }
        if (metadata.path("annotations") instanceof ObjectNode own) {
            own.remove(KEEP);
            removeIfEmpty(metadata, "annotations");
        }
        return Differences.between(kustomized, object).stream();
    }

    private static void removeIfEmpty(ObjectNode parent, String field) {
        if (parent.path(field).isEmpty()) {
            parent.remove(field);
        }
    }
}
