package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.deploy.Chart.Release;

/** The chart as a package: its version, its values against their schema, its notes, and the files that it shares. */
class HelmPackageTest {
    @TempDir
    Path folder;

    @Test
    void versionsAreThoseOfTheProject() {
        JsonNode chart = Manifests.parse(Project.read(Chart.FOLDER.resolve("Chart.yaml")))
                .getFirst();
        Matcher version = Pattern.compile("(?m)^  <version>(.*)</version>")
                .matcher(Project.read(Project.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(chart.path("version").asText()).isEqualTo(version.group(1));
        assertThat(chart.path("appVersion").asText()).isEqualTo(version.group(1));
    }

    /** A value without schema takes anything, a schema without value is a setting that nobody finds. */
    @Test
    void everyValueHasASchemaAndADefault() throws IOException {
        JsonNode schema = schema();
        JsonNode values = Manifests.parse(Project.read(Chart.FOLDER.resolve("values.yaml")))
                .getFirst();
        Set<String> described = new TreeSet<>();
        collect(schema, schema, "", described);
        described.remove("/global");
        Set<String> given = new TreeSet<>();
        described.stream().filter(path -> !values.at(path).isMissingNode()).forEach(given::add);
        assertThat(given).hasSizeGreaterThan(90).isEqualTo(described);
    }

    @Test
    void theSchemaKnowsEveryVariableThatTheChartSets() throws IOException {
        Set<String> set = Manifests.OVERLAYS.stream()
                .map(Chart::values)
                .map(file -> Chart.render(Release.of(file)))
                .flatMap(manifests -> Project.SERVICES.stream().map(manifests::container))
                .flatMap(container -> container.path("env").valueStream())
                .map(entry -> entry.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(schema().at("/definitions/env/propertyNames/not/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(set);
    }

    /** The package is made of the files that symbolic links lead to, so it stands for itself. */
    @Test
    void aPackageMakesWhatTheFolderMakes() {
        Tool.Outcome listed =
                Tool.run(folder, List.of("tar", "tvzf", Chart.archive().toString()));
        assertThat(listed.status()).as(listed.output()).isZero();
        assertThat(listed.output().lines())
                .allMatch(line -> line.startsWith("-"))
                .anyMatch(line -> line.endsWith("/files/dashboards/study.json"));
        Release release = Release.of(Chart.values("prod"));
        assertThat(Chart.render(Chart.archive(), release).objects())
                .containsExactlyInAnyOrderElementsOf(
                        Chart.render(Chart.FOLDER, release).objects());
    }

    @Test
    void aCopyThatHasLostItsLinksSaysSo() throws IOException {
        Path chart = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
            for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Path target = chart.resolve(Chart.FOLDER.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        assertThatThrownBy(() -> Chart.render(chart, Release.of()))
                .hasMessageContaining(" is missing: this copy of the chart has lost its symbolic links");
    }

    /** Commands of the notes stand behind three spaces. */
    @Test
    void theNotesNameCommandsThatWork() throws IOException {
        String notes = notes(Chart.values("prod"));
        String commands = notes.lines()
                .filter(line -> line.startsWith("   ") && !line.startsWith("   Checkpoints"))
                .collect(Collectors.joining("\n"));
        Rehearsal rehearsal = Rehearsal.of(commands, folder);
        assertThat(rehearsal.status()).as(rehearsal.output()).isZero();
        assertThat(rehearsal.calls()).hasSize(5).allSatisfy(DocumentedCommandsTest::check);
        assertThat(notes).contains("at most 16", "1 nvidia.com/gpu");
        assertThat(notes(Project.DEPLOY.resolve("src/test/k8s/bucket/values.yaml")))
                .contains("s3://plm-frontier/checkpoints", "create secret generic checkpoints-bucket");
        assertThat(notes(Project.DEPLOY.resolve("src/test/k8s/kueue/values.yaml")))
                .contains("LocalQueue trainers");
    }

    private static String notes(Path values) {
        return Chart.helm(Chart.archive())
                .install()
                .withName("plm-frontier")
                .withNamespace("plm-frontier")
                .withKubeVersion(Chart.KUBERNETES)
                .withValuesFile(values)
                .clientOnly()
                .dryRun()
                .call()
                .getOutput()
                .replaceFirst("(?s).*\nNOTES:\n", "");
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
    }

    private static void collect(JsonNode root, JsonNode schema, String path, Set<String> found) {
        JsonNode own = schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
        if (!path.isEmpty()) {
            found.add(path);
        }
        own.path("properties")
                .propertyStream()
                .forEach(field -> collect(root, field.getValue(), path + "/" + field.getKey(), found));
    }
}
