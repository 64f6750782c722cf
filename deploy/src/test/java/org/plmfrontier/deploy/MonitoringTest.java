package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, dashboards and the table of metrics against each other, the code and the tools that know better. */
class MonitoringTest {
    private static final Path MONITORING = Project.DEPLOY.resolve("monitoring");
    private static final Path RULES = Project.DEPLOY.resolve("k8s/components/monitoring/rules.yaml");
    private static final List<String> DASHBOARDS = List.of("study", "trainers", "pipeline");
    private static final Pattern OWN = Pattern.compile("\\b(?:plm|trainer)_[a-z0-9_]+");
    private static final Pattern REGISTERED = Pattern.compile("\"((?:plm|trainer)\\.[a-z.]+[a-z])\"");

    @TempDir
    Path folder;

    @Test
    void rulesPassPromtoolsOwnTests() throws IOException {
        Tool.require("promtool", "it comes with Debian's package prometheus and runs the rules' unit tests");
        Files.writeString(folder.resolve("rules.yml"), plainRules());
        Files.copy(MONITORING.resolve("prometheus/rules-test.yml"), folder.resolve("rules-test.yml"));
        Tool.Outcome check = Tool.run(folder, List.of("promtool", "check", "rules", "rules.yml"));
        Tool.Outcome test = Tool.run(folder, List.of("promtool", "test", "rules", "rules-test.yml"));
        System.out.println(check.output().strip());
        assertThat(check.status()).as(check.output()).isZero();
        assertThat(test.status()).as(test.output()).isZero();
    }

    @Test
    void aBrokenRuleFailsItsTest() throws IOException {
        Tool.require("promtool", "it comes with Debian's package prometheus and runs the rules' unit tests");
        Files.writeString(
                folder.resolve("rules.yml"), plainRules().replace("plm_run_plateau == 1", "plm_run_plateau == 2"));
        Files.copy(MONITORING.resolve("prometheus/rules-test.yml"), folder.resolve("rules-test.yml"));
        assertThat(Tool.run(folder, List.of("promtool", "test", "rules", "rules-test.yml"))
                        .status())
                .isNotZero();
    }

    @Test
    void everyAlertHasATest() {
        String tests = Project.read(MONITORING.resolve("prometheus/rules-test.yml"));
        assertThat(Pattern.compile("alert: (\\w+)")
                        .matcher(plainRules())
                        .results()
                        .map(found -> found.group(1)))
                .hasSizeGreaterThan(6)
                .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert));
    }

    @Test
    void everyAlertLeadsToItsPlaceInTheGuide() {
        String guide = Project.read(Project.DEPLOY.resolve("README.md"));
        List<String> alerts = Pattern.compile("alert: (\\w+)")
                .matcher(plainRules())
                .results()
                .map(found -> found.group(1))
                .toList();
        List<String> places = Pattern.compile("runbook: deploy/README.md#(\\w+)\n")
                .matcher(plainRules())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(places)
                .isEqualTo(alerts.stream()
                        .map(alert -> alert.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(alerts).allSatisfy(alert -> assertThat(guide).contains("\n### " + alert + "\n\n"));
    }

    @Test
    void theTableNamesWhatTheCodeRegisters() {
        Set<String> registered = Project.SERVICES.stream()
                .flatMap(service -> Project.sources(service).stream())
                .filter(file -> file.getParent().endsWith("metrics"))
                .flatMap(file -> REGISTERED.matcher(Project.read(file)).results())
                .map(found -> found.group(1).replace('.', '_'))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = documented();
        assertThat(registered)
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(documented)
                        .anyMatch(row -> row.matches(name + "(_total|_bytes|_seconds_(count|sum|max))?")));
        assertThat(documented).allSatisfy(row -> assertThat(registered).anyMatch(row::startsWith));
    }

    @Test
    void rulesAndDashboardsAskForMetricsThatExist() {
        Set<String> known = documented();
        Stream<String> asked = Stream.concat(
                        Stream.of(plainRules()),
                        DASHBOARDS.stream()
                                .map(name -> Project.read(MONITORING.resolve("grafana/dashboards/" + name + ".json"))))
                .map(text -> text.replaceAll("summary: .*", "").replaceAll("[a-z]*:plm_\\w+:\\w+", ""))
                .flatMap(text -> OWN.matcher(text).results())
                .map(found -> found.group());
        assertThat(asked).isNotEmpty().allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void panelsAskTheProvisionedDataSources() throws IOException {
        String sources = Project.read(MONITORING.resolve("grafana/provisioning/datasources/plm-frontier.yaml"));
        for (String name : DASHBOARDS) {
            JsonNode board = new ObjectMapper()
                    .readTree(MONITORING
                            .resolve("grafana/dashboards/" + name + ".json")
                            .toFile());
            assertThat(board.has("elements")).as("classic JSON").isFalse();
            Map<String, JsonNode> variables = variables(board);
            assertThat(board.get("panels"))
                    .isNotEmpty()
                    .allSatisfy(panel -> assertThat(panel.get("targets"))
                            .isNotEmpty()
                            .allSatisfy(target -> {
                                String source = target.at("/datasource/uid").asText();
                                assertThat(source).matches("\\$\\{\\w+}");
                                JsonNode variable = variables.get(source.substring(2, source.length() - 1));
                                assertThat(variable).as(source).isNotNull();
                                assertThat(variable.get("type").asText()).isEqualTo("datasource");
                                assertThat(variable.get("query")).isEqualTo(target.at("/datasource/type"));
                                assertThat(sources)
                                        .contains("uid: "
                                                + variable.at("/current/value").asText())
                                        .contains(
                                                "type: " + variable.get("query").asText());
                            }));
            assertThat(board.get("panels")
                            .valueStream()
                            .map(panel -> panel.get("id").asInt()))
                    .doesNotHaveDuplicates();
        }
    }

    /** So that one Grafana serves several clusters, namespaces and databases, and an idle suite looks idle and not broken. */
    @Test
    void everyPanelIsOfTheChosenNamespaceAndSaysWhatItShowsWhereThereIsNothing() throws IOException {
        Pattern metric = Pattern.compile("[a-z]+:\\w+:\\w+|\\b(?:plm|trainer|kafka|http|jvm)_\\w+");
        Pattern scoped = Pattern.compile("(?:" + metric + ")\\{namespace=~\"\\$namespace\"[,}]");
        for (JsonNode panel : panels()) {
            String title = panel.get("title").asText();
            assertThat(panel.at("/fieldConfig/defaults/noValue").asText())
                    .as(title)
                    .isNotEmpty();
            for (JsonNode target : panel.get("targets")) {
                String query = target.path("expr").asText();
                assertThat(scoped.matcher(query).results().count())
                        .as(query)
                        .isEqualTo(metric.matcher(query).results().count());
                assertThat(query.replaceAll("\\b(rate|increase)\\(\\w+_(total|count|sum)\\{[^}]*}\\[\\w+]\\)", ""))
                        .as("raw counters of " + title)
                        .doesNotContainPattern("_(total|count|sum)\\{");
                String legend = target.path("legendFormat").asText();
                assertThat(legend.contains("{{instance}}"))
                        .as("pods come and go under one name of a process: " + title)
                        .isEqualTo(legend.contains("{{pod}}"));
            }
        }
    }

    @Test
    void chartsOverLossAndComputeHaveTheirUnits() throws IOException {
        for (JsonNode panel : panels()) {
            String query = panel.at("/targets/0/rawSql").asText();
            if (!panel.get("type").asText().equals("xychart")) {
                continue;
            }
            Map<String, String> units = new HashMap<>();
            for (JsonNode override : panel.at("/fieldConfig/overrides")) {
                override.get("properties")
                        .valueStream()
                        .filter(property -> property.get("id").asText().equals("unit"))
                        .forEach(unit -> units.put(
                                override.at("/matcher/options").asText(),
                                unit.get("value").asText()));
            }
            assertThat(units).as(query).containsKey("compute_flops");
            for (String field : List.of("loss_nats", "n_opt", "d_opt")) {
                assertThat(units.containsKey(field)).as(field + " of " + query).isEqualTo(query.contains(field));
            }
        }
    }

    private static List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        for (String name : DASHBOARDS) {
            new ObjectMapper()
                    .readTree(MONITORING
                            .resolve("grafana/dashboards/" + name + ".json")
                            .toFile())
                    .get("panels")
                    .forEach(panels::add);
        }
        assertThat(panels).hasSizeGreaterThan(40);
        return panels;
    }

    private static Map<String, JsonNode> variables(JsonNode board) {
        return board.at("/templating/list")
                .valueStream()
                .collect(Collectors.toMap(variable -> variable.get("name").asText(), variable -> variable));
    }

    @Test
    void dashboardsFitGrafanasOwnTypes() throws IOException {
        Tool.require("npm", "Grafana's types come as an npm package");
        Path checker = MONITORING.resolve("grafana/typecheck");
        for (String file : List.of("package.json", "check.mjs")) {
            Files.copy(checker.resolve(file), folder.resolve(file));
        }
        Path boards = Files.createDirectory(folder.resolve("dashboards"));
        for (String name : DASHBOARDS) {
            Files.copy(MONITORING.resolve("grafana/dashboards/" + name + ".json"), boards.resolve(name + ".json"));
        }
        Tool.Outcome install = Tool.run(
                folder, List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"));
        assertThat(install.status()).as(install.output()).isZero();
        Tool.Outcome good = check();
        System.out.println(good.output().strip());
        assertThat(good.status()).as(good.output()).isZero();
        Path study = boards.resolve("study.json");
        Files.writeString(
                study, Files.readString(study).replace("\"mapping\": \"auto\"", "\"mapping\": \"automatic\""));
        assertThat(check().status()).as("a wrong option is caught").isNotZero();
    }

    private Tool.Outcome check() {
        return Tool.run(folder, List.of("env", "DASHBOARDS=dashboards", "npm", "run", "--silent", "check"));
    }

    /** Prometheus' own form of the rules, cut out as the header of the file says. */
    private static String plainRules() {
        String rules = Project.read(RULES);
        return rules.substring(rules.indexOf("\nspec:\n") + "\nspec:\n".length())
                .replaceAll("(?m)^  ", "");
    }

    private static Set<String> documented() {
        return Pattern.compile("(?m)^\\| `(\\w+)` \\|")
                .matcher(Project.read(Project.DEPLOY.resolve("METRICS.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
