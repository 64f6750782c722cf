package org.plmfrontier.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of KEDA's, CloudNativePG's and Kueue's objects that are used here, under their documented names; anything else is
 * refused. What is not Optional must be there.
 */
final class OperatorKinds {
    private OperatorKinds() {}

    record Metadata(
            String name,
            String namespace,
            Optional<Map<String, String>> labels,
            Optional<Map<String, String>> annotations) {}

    record ScaledObject(String apiVersion, String kind, Metadata metadata, ScaledSpec spec) {}

    record ScaledSpec(
            Target scaleTargetRef,
            int pollingInterval,
            int cooldownPeriod,
            int minReplicaCount,
            int maxReplicaCount,
            Optional<Fallback> fallback,
            Optional<Advanced> advanced,
            List<Trigger> triggers) {}

    record Target(String name) {}

    record Fallback(int failureThreshold, int replicas, Behavior behavior) {}

    /** What a scaler does while its source does not answer. */
    enum Behavior {
        @JsonProperty("static")
        STATIC,
        @JsonProperty("currentReplicas")
        CURRENT,
        @JsonProperty("currentReplicasIfHigher")
        CURRENT_IF_HIGHER,
        @JsonProperty("currentReplicasIfLower")
        CURRENT_IF_LOWER
    }

    record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

    record Autoscaler(ScalingBehavior behavior) {}

    record ScalingBehavior(Optional<ScalingRules> scaleUp, Optional<ScalingRules> scaleDown) {}

    record ScalingRules(Optional<Integer> stabilizationWindowSeconds, List<Policy> policies) {}

    record Policy(String type, int value, int periodSeconds) {}

    /** A trigger; the values of metadata are strings in KEDA. */
    record Trigger(String type, String name, Map<String, String> metadata, Optional<Target> authenticationRef) {}

    record TriggerAuthentication(String apiVersion, String kind, Metadata metadata, AuthenticationSpec spec) {}

    record AuthenticationSpec(List<SecretTarget> secretTargetRef) {}

    record SecretTarget(String parameter, String name, String key) {}

    record Cluster(String apiVersion, String kind, Metadata metadata, ClusterSpec spec) {}

    record ClusterSpec(
            int instances,
            Optional<String> priorityClassName,
            Bootstrap bootstrap,
            Optional<Postgresql> postgresql,
            Storage storage,
            Resources resources,
            Optional<Backup> backup) {}

    record Backup(ObjectStore barmanObjectStore, Optional<String> retentionPolicy) {}

    record ObjectStore(String destinationPath, Optional<String> endpointURL) {}

    record Postgresql(Synchronous synchronous) {}

    record Synchronous(String method, int number, String dataDurability) {}

    record Bootstrap(InitDb initdb) {}

    record InitDb(String database, String owner) {}

    record Storage(String size, Optional<String> storageClass) {}

    record Resources(Map<String, String> requests, Map<String, String> limits) {}

    /** A queue of a namespace (Kueue 0.15 and newer serve this version). */
    record LocalQueue(String apiVersion, String kind, Metadata metadata, QueueSpec spec) {}

    record QueueSpec(String clusterQueue, Optional<StopPolicy> stopPolicy) {}

    /** Whether a queue admits. */
    enum StopPolicy {
        @JsonProperty("None")
        NONE,
        @JsonProperty("Hold")
        HOLD,
        @JsonProperty("HoldAndDrain")
        HOLD_AND_DRAIN
    }
}
