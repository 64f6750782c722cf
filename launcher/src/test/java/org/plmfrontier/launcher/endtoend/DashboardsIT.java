package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.suite.Ports;
import org.plmfrontier.launcher.suite.ServiceProcess;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;
import org.plmfrontier.stack.FreePorts;

/**
 * Every query of every panel against a Prometheus that scraped the fast demo and a planted import, and against their database:
 * an empty answer fails. The table of metrics against what the services really expose.
 */
@Tag("operations")
class DashboardsIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Path PROTEINS = ROOT.resolve("launcher/demo/proteins.fasta.gz");
    private static final DemoStudy STUDY = DemoStudy.fast();
    private static final String PLANTED = "planted";
    private static final Pattern OF_A_FRONTIER = Pattern.compile("Optimal |Exponents over time");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:plm|trainer)_\\w+)` \\| ([\\w, -]+) \\|");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void everyPanelHasAnAnswerAndEveryMetricIsDocumented() throws Exception {
        assumeTrue(installed("prometheus"), "prometheus is not installed: its queries cannot be tried");
        Ports ports = Ports.free();
        SuiteOptions options = new SuiteOptions(ROOT, folder.resolve("home"), ports, 2, 2, jvm());
        Instant start = Instant.now();
        try (Suite suite = Suite.start(options, System.out::println);
                RestClient dataset = new RestClient(suite.datasetAddress());
                RestClient fitting = new RestClient(suite.fittingAddress());
                Prometheus prometheus = Prometheus.start(folder, suite.services())) {
            StudyDriver driver = new StudyDriver(dataset, fitting);
            String corpus = driver.corpus(STUDY, PROTEINS, look -> {}).get("id").asText();
            driver.submit(STUDY, corpus);
            dataset.post("/studies/" + STUDY.id() + "/evaluations", json.readTree(perplexity()));
            driver.watch().follow(STUDY.id(), view -> suite.requireAlive());
            awaitEvaluations(fitting);
            importPlanted(fitting);
            String database = suite.databaseUrl("fitting");
            List<String> empty = new ArrayList<>();
            int panels = 0;
            for (String dashboard : List.of("study", "trainers", "pipeline")) {
                JsonNode board =
                        json.readTree(ROOT.resolve("deploy/monitoring/grafana/dashboards/" + dashboard + ".json")
                                .toFile());
                for (JsonNode panel : board.get("panels")) {
                    panels++;
                    for (JsonNode target : panel.get("targets")) {
                        String name = dashboard + ": " + panel.get("title").asText();
                        long rows = target.has("expr")
                                ? prometheus.awaitSeries(expand(name, target.get("expr")), start)
                                : rows(database, expand(name, target.get("rawSql")));
                        System.out.println(name + ": " + rows + (target.has("expr") ? " series" : " rows"));
                        if (rows == 0) {
                            empty.add(name);
                        }
                    }
                }
            }
            System.out.println(panels + " panels checked");
            assertThat(empty).as("panels without an answer").isEmpty();
            assertMetricsAreDocumented(suite);
        }
    }

    /** Utilisation needs a peak; the test's is a round number. */
    private static List<String> jvm() {
        return Stream.concat(SuiteOptions.SMALL_JVM.stream(), Stream.of("-Dtrainer.peak-flops=1e11"))
                .toList();
    }

    /** Panels of a frontier are tried on the study that has one; a minute of training decides none. Of all namespaces. */
    private static String expand(String panel, JsonNode query) {
        return query.asText()
                .replace("$namespace", ".*")
                .replace("$study", OF_A_FRONTIER.matcher(panel).find() ? PLANTED : STUDY.id());
    }

    /** Of a few of the proteins, so that it takes seconds. */
    private static String perplexity() {
        return """
                [{"name": "few", "kind": "perplexity", "files": {"proteins": "%s"},
                  "options": {"proteins": 20, "maskings": 1, "pseudoSequences": 0}}]
                """.formatted(PROTEINS.toAbsolutePath());
    }

    private static void awaitEvaluations(RestClient fitting) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> !fitting.get("/studies/" + STUDY.id() + "/evaluations")
                        .at("/evaluations/0/metrics/0/states")
                        .isEmpty());
    }

    private void importPlanted(RestClient fitting) throws IOException, InterruptedException {
        StringBuilder losses = new StringBuilder("run,N,D,loss\n");
        for (double parameters = 1e5; parameters < 2e7; parameters *= 2.2) {
            for (double tokens = 1e6; tokens < 3e9; tokens *= 1.15) {
                double loss = 1.7 + 40 / Math.pow(parameters, 0.34) + 60 / Math.pow(tokens, 0.28);
                losses.append(
                        String.format(Locale.ROOT, "n%.0f,%.0f,%.0f,%.6f%n", parameters, parameters, tokens, loss));
            }
        }
        Path file = Files.writeString(folder.resolve("planted.csv"), losses);
        fitting.post("/imports?study=" + PLANTED, "text/csv", file);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> fitting.get("/studies/" + PLANTED + "/frontier").hasNonNull("a"));
    }

    private static long rows(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            long rows = 0;
            while (found.next()) {
                rows++;
            }
            return rows;
        }
    }

    private static void assertMetricsAreDocumented(Suite suite) throws Exception {
        String table = Files.readString(ROOT.resolve("deploy/METRICS.md"));
        for (String service : List.of("dataset-service", "trainer-service", "fitting-service")) {
            TreeSet<String> exposed = new TreeSet<>();
            for (ServiceProcess process : suite.services()) {
                if (process.name().startsWith(service)) {
                    exposed.addAll(metrics(process));
                }
            }
            TreeSet<String> documented = new TreeSet<>();
            TreeSet<String> conditional = new TreeSet<>();
            ROW.matcher(table)
                    .results()
                    .filter(row -> row.group(2).contains(service))
                    .forEach(row -> {
                        documented.add(row.group(1));
                        if (row.group(2).contains("once seen")) {
                            conditional.add(row.group(1));
                        }
                    });
            assertThat(documented)
                    .as("%s exposes nothing that the table lacks", service)
                    .containsAll(exposed);
            documented.removeAll(conditional);
            assertThat(exposed)
                    .as("%s exposes what the table promises", service)
                    .containsAll(documented);
            System.out.println(service + ": " + exposed.size() + " metrics, all documented");
        }
    }

    private static List<String> metrics(ServiceProcess process) throws IOException, InterruptedException {
        try (RestClient client = new RestClient("http://127.0.0.1:" + process.port())) {
            return client.text("/q/metrics", "text/plain")
                    .lines()
                    .filter(line -> line.matches("(plm|trainer)_.*"))
                    .map(line -> line.replaceFirst("[ {].*", ""))
                    .distinct()
                    .toList();
        }
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** A Prometheus that scrapes processes of this machine every second and knows the project's rules. */
    private record Prometheus(Process process, int port, ObjectMapper json) implements AutoCloseable {
        private static final Duration SCRAPE = Duration.ofSeconds(1);
        private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

        static Prometheus start(Path folder, List<ServiceProcess> services) throws IOException {
            String rules = Files.readString(ROOT.resolve("deploy/k8s/components/monitoring/rules.yaml"));
            Files.writeString(
                    folder.resolve("rules.yml"),
                    rules.substring(rules.indexOf("\nspec:\n") + 7).replaceAll("(?m)^  ", ""));
            StringBuilder config = new StringBuilder("global: { scrape_interval: 1s, evaluation_interval: 2s }\n"
                    + "rule_files: [rules.yml]\nscrape_configs:\n  - job_name: plm\n    metrics_path: /q/metrics\n"
                    + "    static_configs:\n");
            for (ServiceProcess service : services) {
                config.append("      - targets: [\"127.0.0.1:" + service.port() + "\"]\n        labels: { service: "
                        + service.name().replaceFirst("-\\d+$", "") + " }\n");
            }
            Files.writeString(folder.resolve("prometheus.yml"), config);
            int port = FreePorts.next();
            Process process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("tsdb"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            return new Prometheus(process, port, new ObjectMapper());
        }

        /** The same, once a scrape and the rules over it have brought the first; 0 where none has within a minute. */
        long awaitSeries(String query, Instant start) throws IOException, InterruptedException {
            try {
                return Awaitility.await()
                        .atMost(LONGEST_WAIT)
                        .pollInterval(SCRAPE)
                        .until(() -> series(query, start), found -> found > 0);
            } catch (ConditionTimeoutException e) {
                return series(query, start);
            }
        }

        /** Series with at least one finite value since the start. */
        long series(String query, Instant start) throws IOException, InterruptedException {
            String address = "http://127.0.0.1:" + port + "/api/v1/query_range?query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&start=" + start.getEpochSecond() + "&end="
                    + Instant.now().getEpochSecond() + "&step=2";
            try (HttpClient client = HttpClient.newHttpClient()) {
                JsonNode answer = json.readTree(client.send(
                                HttpRequest.newBuilder(URI.create(address)).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
                assertThat(answer.path("status").asText()).as(query + answer).isEqualTo("success");
                return answer.at("/data/result")
                        .valueStream()
                        .filter(series -> series.get("values")
                                .valueStream()
                                .anyMatch(value ->
                                        Double.isFinite(number(value.get(1).asText()))))
                        .count();
            }
        }

        private static double number(String text) {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
