package org.plmfrontier.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PriorityClass;
import io.kubernetes.client.openapi.models.V1ResourceClaimTemplate;
import io.kubernetes.client.openapi.models.V1Service;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A strict schema per kind: an unknown field is an error, and so is a missing one. Core kinds by the Kubernetes client's
 * models, Kafka's by Strimzi's, monitoring by the operator's, KEDA's, CloudNativePG's and Kueue's, for which there are none in
 * Java, by {@link OperatorKinds}.
 */
final class Schemas {
    /** Checks one object. */
    @FunctionalInterface
    private interface Schema {
        void check(JsonNode object) throws IOException;
    }

    /** Checks JSON. */
    @FunctionalInterface
    private interface GsonCheck {
        void check(JsonElement object) throws IOException;
    }

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .annotationIntrospector(new NothingElse())
            .build();

    private static final Map<String, Schema> SCHEMAS = Map.ofEntries(
            core("Namespace", V1Namespace::validateJsonElement),
            core("ConfigMap", V1ConfigMap::validateJsonElement),
            core("Deployment", V1Deployment::validateJsonElement),
            core("Service", V1Service::validateJsonElement),
            core("PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement),
            core("PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
            core("PriorityClass", V1PriorityClass::validateJsonElement),
            core("NetworkPolicy", V1NetworkPolicy::validateJsonElement),
            core("ResourceClaimTemplate", V1ResourceClaimTemplate::validateJsonElement),
            custom("Kafka", "kafka.strimzi.io/v1", Kafka.class),
            custom("KafkaNodePool", "kafka.strimzi.io/v1", KafkaNodePool.class),
            custom("KafkaTopic", "kafka.strimzi.io/v1", KafkaTopic.class),
            custom("KafkaUser", "kafka.strimzi.io/v1", KafkaUser.class),
            custom("PodMonitor", "monitoring.coreos.com/v1", PodMonitor.class),
            custom("PrometheusRule", "monitoring.coreos.com/v1", PrometheusRule.class),
            custom("ScaledObject", "keda.sh/v1alpha1", OperatorKinds.ScaledObject.class),
            custom("TriggerAuthentication", "keda.sh/v1alpha1", OperatorKinds.TriggerAuthentication.class),
            custom("Cluster", "postgresql.cnpg.io/v1", OperatorKinds.Cluster.class),
            custom("LocalQueue", "kueue.x-k8s.io/v1beta2", OperatorKinds.LocalQueue.class));

    /** A field of each kind without which an object is refused. */
    static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("Namespace", "/metadata/name"),
            Map.entry("ConfigMap", "/data"),
            Map.entry("Deployment", "/spec/template"),
            Map.entry("Service", "/spec/ports"),
            Map.entry("PersistentVolumeClaim", "/spec/accessModes"),
            Map.entry("PodDisruptionBudget", "/spec/selector"),
            Map.entry("PriorityClass", "/value"),
            Map.entry("NetworkPolicy", "/spec/policyTypes"),
            Map.entry("Kafka", "/spec/kafka/listeners"),
            Map.entry("KafkaNodePool", "/spec/roles"),
            Map.entry("KafkaTopic", "/spec/partitions"),
            Map.entry("KafkaUser", "/spec/authentication"),
            Map.entry("PodMonitor", "/spec/podMetricsEndpoints"),
            Map.entry("PrometheusRule", "/spec/groups"),
            Map.entry("ScaledObject", "/spec/triggers"),
            Map.entry("TriggerAuthentication", "/spec/secretTargetRef"),
            Map.entry("Cluster", "/spec/storage"),
            Map.entry("ResourceClaimTemplate", "/spec/spec"),
            Map.entry("LocalQueue", "/spec/clusterQueue"));

    private Schemas() {}

    /**
     * Checks an object.
     *
     * @throws AssertionError naming what is wrong, also where the kind is not known
     */
    static void check(JsonNode object) {
        Schema schema = SCHEMAS.get(Manifests.kind(object));
        if (schema == null) {
            throw new AssertionError("no schema for kind " + Manifests.kind(object));
        }
        try {
            requireField(object, Objects.requireNonNull(NEEDED.get(Manifests.kind(object))));
            schema.check(object);
        } catch (IOException | IllegalArgumentException e) {
            throw new AssertionError(Manifests.kind(object) + " " + Manifests.name(object) + ": " + e.getMessage(), e);
        }
    }

    static List<String> kinds() {
        return SCHEMAS.keySet().stream().sorted().toList();
    }

    private static Map.Entry<String, Schema> core(String kind, GsonCheck check) {
        return Map.entry(kind, object -> check.check(JsonParser.parseString(object.toString())));
    }

    private static Map.Entry<String, Schema> custom(String kind, String version, Class<?> model) {
        return Map.entry(kind, object -> {
            if (!object.path("apiVersion").asText().equals(version)) {
                throw new IOException("apiVersion must be " + version + ", is " + object.path("apiVersion"));
            }
            STRICT.treeToValue(object, model);
        });
    }

    private static void requireField(JsonNode object, String path) throws IOException {
        if (object.at(path).isMissingNode()) {
            throw new IOException("field " + path + " is missing");
        }
    }

    /** The models collect unknown fields in a map; without that map they are errors. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
