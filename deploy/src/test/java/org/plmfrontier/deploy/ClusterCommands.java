package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.plmfrontier.deploy.Rehearsal.Call;

/** Commands of kubectl against the manifests. */
final class ClusterCommands {
    private static final Map<String, String> KINDS =
            Map.of("deployment", "Deployment", "service", "Service", "pod", "Pod");

    private ClusterCommands() {}

    /** Files, namespaces, objects, labels and secrets that the command names are those of the manifests. */
    static void check(Call call) {
        call.values("-f", "-k")
                .forEach(path ->
                        assertThat(Project.ROOT.resolve(path)).as("%s", call).exists());
        call.values("-n").forEach(namespace -> assertThat(names("Namespace")).contains(namespace));
        for (String argument : kubectlArguments(call)) {
            String[] parts = argument.split("/");
            if (parts.length == 2 && KINDS.containsKey(parts[0])) {
                assertThat(names(KINDS.get(parts[0]))).as("%s", call).contains(parts[1]);
            }
        }
        call.values("-l")
                .flatMap(labels -> Stream.of(labels.split(",")))
                .filter(label -> label.startsWith("app.kubernetes.io/name="))
                .forEach(label -> assertThat(names("Deployment")).contains(label.replaceFirst(".*=", "")));
        call.values("-l")
                .flatMap(labels -> Stream.of(labels.split(",")))
                .filter(label -> label.startsWith("cnpg.io/cluster="))
                .forEach(label -> assertThat(names("Cluster")).contains(label.replaceFirst(".*=", "")));
        call.values("-d")
                .forEach(database -> assertThat(objects("Cluster")
                                .map(cluster -> cluster.at("/spec/bootstrap/initdb/database")
                                        .asText()))
                        .contains(database));
        if (call.arguments().getFirst().equals("label")) {
            checkLabels(call);
        }
        if (call.arguments().contains("secret")) {
            checkSecret(call);
        }
        if (call.arguments().getFirst().equals("cp")) {
            assertThat(Project.ROOT.resolve(call.arguments().get(1))).exists();
        }
    }

    /** A namespace that is made by hand gets the labels that kustomize gives it. */
    private static void checkLabels(Call call) {
        assertThat(call.arguments()).startsWith("label", "namespace");
        JsonNode labels = objects("Namespace").findFirst().orElseThrow().at("/metadata/labels");
        assertThat(call.arguments().stream().filter(argument -> argument.contains("=")))
                .isNotEmpty()
                .allSatisfy(label -> assertThat(
                                labels.path(label.replaceFirst("=.*", "")).asText())
                        .as("%s", call)
                        .isEqualTo(label.replaceFirst(".*=", "")));
    }

    /** Secrets of access: services read the name, and take the value for tokens. The bucket's is taken as it is. */
    private static void checkSecret(Call call) {
        String secret = call.arguments().get(call.arguments().indexOf("generic") + 1);
        Stream<JsonNode> deployments = Stream.concat(
                objects("Deployment"), Manifests.of("src/test/k8s/bucket").all("Deployment"));
        assertThat(deployments
                        .flatMap(deployment -> Stream.of("secretKeyRef", "secretRef")
                                .flatMap(reference -> deployment.findValues(reference).stream()))
                        .map(reference -> reference.path("name").asText()))
                .contains(secret);
        if (call.arguments().stream().anyMatch(argument -> argument.startsWith("--from-env-file="))) {
            return;
        }
        assertThat(call.values("--from-literal"))
                .isNotEmpty()
                .allSatisfy(literal -> assertThat(literal).matches("tokens=[^:\\s]+:[0-9a-f]{64}"));
    }

    /** What stands before {@code --} or a program that runs in a pod. */
    private static List<String> kubectlArguments(Call call) {
        return call.arguments().stream()
                .takeWhile(argument -> !argument.equals("--"))
                .toList();
    }

    private static List<String> names(String kind) {
        return objects(kind).map(Manifests::name).toList();
    }

    private static Stream<JsonNode> objects(String kind) {
        Stream<JsonNode> tools = Project.list(Path.of("deploy/k8s/tools"), ".yaml").stream()
                .flatMap(file -> Manifests.parse(Project.read(Project.ROOT.resolve(file))).stream());
        return Stream.concat(
                Manifests.of("local").all(kind),
                tools.filter(object -> Manifests.kind(object).equals(kind)));
    }
}
