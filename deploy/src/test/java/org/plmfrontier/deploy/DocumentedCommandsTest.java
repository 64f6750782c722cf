package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.deploy.Document.Block;
import org.plmfrontier.deploy.Rehearsal.Call;

/**
 * Every block of the documentation is of a known kind, and every block of commands is executed ({@link Rehearsal}): options,
 * paths, names, classes and addresses that it gives to a program exist. What commands of {@code ./frontier} mean is tested by
 * the launcher's test of the same name; the statement that rebuilds a database by the fitting service's RestartIT.
 */
class DocumentedCommandsTest {
    /** What programs print, and what they read. */
    private static final Set<String> DATA = Set.of("text", "csv");

    /** Its commands take a machine for hours; their figures are in it. */
    private static final Path BENCHMARKS = Path.of("benchmarks/README.md");

    @TempDir
    Path folder;

    static Stream<Block> blocks() {
        return Document.all().stream()
                .filter(document -> !document.file().equals(BENCHMARKS))
                .flatMap(document -> document.blocks().stream());
    }

    static Stream<Block> commands() {
        return blocks().filter(block -> block.language().equals("sh"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyBlockIsOfAKnownKind(Block block) throws IOException {
        switch (block.language()) {
            case "sh" -> assertThat(block.text()).isNotBlank();
            case "json" -> new ObjectMapper().readTree(block.text());
            case "yaml" -> assertThat(Manifests.parse(block.text())).isNotEmpty();
            default -> assertThat(DATA).as("kind of block").contains(block.language());
        }
    }

    @Test
    void theGuidesHaveCommands() {
        assertThat(commands().map(block -> block.file().toString()))
                .contains("README.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md", "docs/recovery.md");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyBlockOfCommandsRunsAndNamesWhatExists(Block block) throws IOException {
        Rehearsal rehearsal = Rehearsal.of(block.text(), folder);
        assertThat(rehearsal.status()).as(rehearsal.output()).isZero();
        assertThat(rehearsal.calls()).as("programs of %s", block).isNotEmpty();
        rehearsal.calls().forEach(DocumentedCommandsTest::check);
    }

    @Test
    void aCommandThatNamesWhatDoesNotExistIsFound() {
        List<Call> wrong = List.of(
                new Call("kubectl", List.of("apply", "-k", "deploy/k8s/overlays/none")),
                new Call(
                        "kubectl", List.of("-n", "plm-frontier", "scale", "deployment/fiting-service", "--replicas=0")),
                new Call(
                        "kubectl",
                        List.of("label", "namespace", "plm-frontier", "pod-security.kubernetes.io/enforce=none")),
                new Call("helm", List.of("install", "plm", "deploy/helm/plm", "-n", "plm-frontier")),
                new Call(
                        "helm",
                        List.of("install", "plm", "deploy/helm/plm-frontier", "-n", "plm", "--set", "trainer.max=3")),
                new Call("mvn", List.of("-pl", "fiting-service", "verify")),
                new Call("mvn", List.of("verify", "-Dtest=NoSuchTest")),
                new Call("mvn", List.of("verify", "-Pnothing")),
                new Call("curl", List.of("-X", "POST", "localhost:8081/corpus")),
                new Call("curl", List.of("-d", "{\"source\": []}", "localhost:8081/corpora")),
                new Call("npm", List.of("run", "nothing")),
                new Call("./frontier", List.of("demonstrate")),
                new Call("./deploy/images", List.of("--chek")),
                new Call("rsync", List.of()));
        assertThat(wrong)
                .allSatisfy(
                        call -> assertThat(isFound(call)).as(call.toString()).isTrue());
    }

    private static boolean isFound(Call call) {
        try {
            check(call);
            return false;
        } catch (AssertionError expected) {
            return true;
        }
    }

    static void check(Call call) {
        switch (call.program()) {
            case "kubectl" -> ClusterCommands.check(call);
            case "helm" -> HelmCommands.check(call);
            case "mvn" -> checkMaven(call);
            case "curl" -> checkRequest(call);
            case "npm" -> checkNpm(call.arguments());
            case "git" -> assertThat(call.arguments().getFirst()).isIn("tag", "clone");
            case "./frontier" ->
                assertThat(frontierCommands()).contains(call.arguments().getFirst());
            case "./deploy/images" -> assertOptionsOf("deploy/images", call.arguments());
            default -> fail("no check for " + call);
        }
    }

    private static void checkMaven(Call call) {
        call.values("-pl")
                .flatMap(names -> Stream.of(names.split(",")))
                .forEach(module -> assertThat(Project.ROOT.resolve(module).resolve("pom.xml"))
                        .exists());
        assertThat(call.arguments().stream()
                        .filter(argument -> argument.matches("[a-z].*"))
                        .filter(argument -> !Files.exists(Project.ROOT.resolve(argument))))
                .isSubsetOf("verify", "package", "test-compile", "spotless:apply", "quarkus:dev");
        String poms = Stream.concat(Stream.of(Project.ROOT), modules())
                .map(folder -> Project.read(folder.resolve("pom.xml")))
                .collect(Collectors.joining());
        call.arguments().stream()
                .filter(argument -> argument.startsWith("-P"))
                .forEach(profile -> assertThat(poms).contains("<id>" + profile.substring(2) + "</id>"));
        call.values("-Dtest", "-Dit.test")
                .map(name -> name.replaceFirst("#.*", ""))
                .filter(name -> !name.equals("NoUnitTest"))
                .forEach(name -> assertThat(modules().anyMatch(module -> hasTest(module, name)))
                        .as("class %s", name)
                        .isTrue());
    }

    private static Stream<Path> modules() {
        return Manifests.parse("modules: ["
                        + Project.read(Project.ROOT.resolve("pom.xml"))
                                .replaceFirst("(?s).*<modules>(.*?)</modules>.*", "$1")
                                .replaceAll("\\s*<module>(.*?)</module>\\s*", "$1,")
                        + "]")
                .getFirst()
                .path("modules")
                .valueStream()
                .map(name -> Project.ROOT.resolve(name.asText()));
    }

    private static boolean hasTest(Path module, String name) {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(name + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkRequest(Call call) {
        String address = call.arguments().stream()
                .filter(argument -> argument.matches("(http://)?(localhost|127\\.0\\.0\\.1):\\d+/.*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no address: " + call));
        String[] parts = address.replaceFirst("http://", "").split("[:/?]");
        String service = Project.SERVICES.stream()
                .filter(one -> Project.port(one) == Integer.parseInt(parts[1]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service has the port of " + address));
        JsonNode api = Manifests.parse(Project.read(Project.ROOT.resolve("docs/openapi/" + service + ".yaml")))
                .getFirst();
        List<String> bodies = call.values("-d").toList();
        String method = call.values("-X").findFirst().orElse(bodies.isEmpty() ? "GET" : "POST");
        JsonNode operation = api.path("paths").path("/" + parts[2]).path(method.toLowerCase(Locale.ROOT));
        assertThat(operation.isMissingNode())
                .as("%s /%s of %s", method, parts[2], service)
                .isFalse();
        bodies.forEach(body -> assertFieldsAreKnown(api, operation, body));
    }

    private static void assertFieldsAreKnown(JsonNode api, JsonNode operation, String body) {
        String schema = operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText();
        List<String> known = schema.endsWith("/JsonNode")
                ? corpusFields()
                : api.at(schema.substring(1))
                        .path("properties")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList();
        try {
            assertThat(new ObjectMapper().readTree(body).propertyStream().map(Map.Entry::getKey))
                    .as("fields of %s", body)
                    .isNotEmpty()
                    .isSubsetOf(known);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    /** {@code POST /corpora} reads any JSON, to name all that is wrong with it at once; these are the fields it takes. */
    private static List<String> corpusFields() {
        String source = Project.read(
                Project.ROOT.resolve("dataset-service/src/main/java/org/plmfrontier/dataset/http/CorpusRequest.java"));
        String header = source.replaceFirst("(?s).*public record CorpusRequest\\((.*?)\\) \\{.*", "$1");
        return Pattern.compile("(\\w+)\\s*(?:,|$)")
                .matcher(header)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void checkNpm(List<String> arguments) {
        String scripts = Project.read(Project.ROOT.resolve("package.json"));
        switch (arguments.getFirst()) {
            case "ci" -> assertThat(Project.ROOT.resolve("package-lock.json")).exists();
            case "test" -> assertThat(scripts).contains("\"test\":");
            case "run" -> assertThat(scripts).contains("\"" + arguments.get(1) + "\":");
            default -> fail("npm " + arguments);
        }
    }

    private static List<String> frontierCommands() {
        Path commands = Path.of("launcher/src/main/java/org/plmfrontier/launcher/cli");
        Stream<String> launcher = Project.list(commands, "Command.java").stream()
                .map(file -> Project.read(Project.ROOT.resolve(file)))
                .map(source -> source.replaceFirst("(?s).*?@Command\\(\\s*name = \"([a-z-]+)\".*", "$1"));
        return Stream.concat(launcher, Stream.of("test")).toList();
    }

    private static void assertOptionsOf(String script, List<String> arguments) {
        String source = Project.read(Project.ROOT.resolve(script));
        assertThat(arguments.stream().filter(argument -> argument.startsWith("--")))
                .allSatisfy(option -> assertThat(source).contains(option + ")"));
    }
}
