package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.suite.ServiceProcess;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.BrokerSecurity;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * The services as they are deployed: SASL_SSL to a broker that allows each user what deploy's access rules say and nothing
 * else, verified TLS to PostgreSQL, a bearer token for writing, and no local profile.
 */
@Tag("operations")
class SecureSuiteIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Path PROTEINS = ROOT.resolve("launcher/demo/proteins.fasta.gz");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String TOKEN = "a token of this test";
    private static final List<String> SERVICES = List.of("dataset-service", "fitting-service", "trainer-service");

    @TempDir
    Path folder;

    private final Map<String, ServiceProcess> running = new HashMap<>();

    @Test
    void aStudyRunsWithEverythingClosedThatDeployCloses() throws Exception {
        Certificate certificate = Certificate.make(folder);
        Map<String, String> users = new HashMap<>(Map.of(BrokerSecurity.ADMIN, "secret-admin"));
        SERVICES.forEach(service -> users.put(service, "secret-" + service));
        BrokerSecurity security = new BrokerSecurity(certificate.keystore(), Certificate.PASSWORD, users);
        int port = FreePorts.next();
        try (EmbeddedKafka kafka =
                        EmbeddedKafka.startSecured(folder.resolve("kafka"), port, FreePorts.next(), security);
                LocalPostgres postgres = LocalPostgres.secured(certificate.certificate(), certificate.key())) {
            allow(kafka, security, certificate);
            postgres.ensureDatabase("dataset");
            postgres.ensureDatabase("fitting");
            try {
                for (String service : SERVICES) {
                    start(service, kafka, postgres, security, certificate, Map.of());
                }
                for (String service : SERVICES) {
                    awaitReady(service);
                }
                assertOnlyBearersMayWrite();
                assertThereIsNoSwaggerUi();
                assertStudyRuns();
                assertDatabaseConnectionsAreEncrypted(postgres);
                assertAServiceWithoutTokensIsNotReadyAndSaysWhy(kafka, postgres, security, certificate);
            } finally {
                running.values().forEach(ServiceProcess::askToLeave);
                for (ServiceProcess service : running.values()) {
                    service.awaitExit();
                }
            }
        }
    }

    private void start(
            String service,
            EmbeddedKafka kafka,
            LocalPostgres postgres,
            BrokerSecurity security,
            Certificate certificate,
            Map<String, String> more)
            throws Exception {
        String prefix = service.replace("-service", "").toUpperCase(Locale.ROOT);
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        security.client(service, certificate.certificate())
                .forEach((key, value) ->
                        environment.put("KAFKA_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value.toString()));
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                postgres.jdbcUrl(prefix.toLowerCase(Locale.ROOT)) + "?sslmode=verify-full&sslrootcert="
                        + certificate.certificate());
        environment.put("QUARKUS_DATASOURCE_USERNAME", LocalPostgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put(prefix + "_ACCESS_TOKENS", "test:" + digest());
        environment.put("DATASET_JOBS_PARTITIONS", "2");
        environment.put(
                "DATASET_SOURCES_ROOTS", PROTEINS.toAbsolutePath().getParent().toString());
        environment.put("TRAINER_DATA_DIR", folder.resolve("trainer").toString());
        environment.putAll(more);
        ServiceProcess process = ServiceProcess.start(
                service,
                ROOT.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"),
                FreePorts.next(),
                folder.resolve(service + ".log"),
                List.of("-Xmx300m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"),
                environment);
        running.put(service + (more.isEmpty() ? "" : "-2"), process);
    }

    private void awaitReady(String service) {
        await().atMost(LIMIT).until(() -> {
            ServiceProcess process = process(service);
            assertThat(process.isAlive()).as(process.lastLines(30)).isTrue();
            return health(service).path("status").asText().equals("UP");
        });
        System.out.println(service + " is ready over SASL_SSL");
    }

    private void assertOnlyBearersMayWrite() throws Exception {
        try (RestClient stranger = new RestClient(address("dataset-service"));
                RestClient impostor = new RestClient(address("dataset-service"), Optional.of("another"))) {
            assertThat(stranger.get("/studies")).isEmpty();
            assertThatThrownBy(() -> stranger.post("/studies", Map.of()))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(401));
            assertThatThrownBy(() -> impostor.post("/corpora", Map.of()))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(401));
        }
        try (RestClient stranger = new RestClient(address("fitting-service"));
                RestClient bearer = new RestClient(address("fitting-service"), Optional.of(TOKEN))) {
            assertThatThrownBy(() -> stranger.text("/studies/none/report", "text/html"))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(401));
            assertThatThrownBy(() -> bearer.text("/studies/none/report", "text/html"))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(404));
        }
        for (String service : SERVICES) {
            assertThat(Files.readString(process(service).log()))
                    .contains("write endpoints ask for a bearer token; known: test")
                    .doesNotContain(TOKEN)
                    .doesNotContain("secret-");
        }
    }

    private void assertThereIsNoSwaggerUi() throws Exception {
        for (String service : SERVICES) {
            try (RestClient anybody = new RestClient(address(service), Optional.of(TOKEN))) {
                assertThatThrownBy(() -> anybody.text("/q/swagger-ui/", "text/html"))
                        .as(service)
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> assertThat(e.status()).isEqualTo(404));
            }
        }
    }

    private void assertStudyRuns() throws Exception {
        try (RestClient dataset = new RestClient(address("dataset-service"), Optional.of(TOKEN));
                RestClient fitting = new RestClient(address("fitting-service"))) {
            StudyDriver driver = new StudyDriver(dataset, fitting);
            String corpus = driver.corpus(SmallStudy.named("secured"), PROTEINS, look -> {})
                    .get("id")
                    .asText();
            driver.submit(SmallStudy.named("secured"), corpus);
            StudyView over = driver.watch().follow("secured", view -> {});
            assertThat(over.runs()).hasSize(3).allMatch(run -> run.state().equals("COMPLETED"));
            System.out.println("a study of " + over.runs().size() + " runs is complete over SASL_SSL and verified TLS");
        }
    }

    private static void assertDatabaseConnectionsAreEncrypted(LocalPostgres postgres) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl("fitting"), LocalPostgres.USER, postgres.password());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select count(*), count(*) filter (where ssl) from pg_stat_ssl join pg_stat_activity using (pid)"
                                + " where datname in ('dataset', 'fitting') and pid <> pg_backend_pid()")) {
            assertThat(found.next()).isTrue();
            assertThat(found.getInt(1)).as("connections of the services").isPositive();
            assertThat(found.getInt(2)).as("all of them encrypted").isEqualTo(found.getInt(1));
            System.out.println(found.getInt(2) + " database connections, all encrypted");
        }
    }

    private void assertAServiceWithoutTokensIsNotReadyAndSaysWhy(
            EmbeddedKafka kafka, LocalPostgres postgres, BrokerSecurity security, Certificate certificate)
            throws Exception {
        start("fitting-service", kafka, postgres, security, certificate, Map.of("FITTING_ACCESS_TOKENS", ""));
        await().atMost(LIMIT)
                .until(() -> health("fitting-service-2").toString().contains("no access token is configured"));
        assertThat(health("fitting-service-2").path("status").asText()).isEqualTo("DOWN");
        assertThat(Files.readString(process("fitting-service-2").log())).contains("no access token is configured");
    }

    private JsonNode health(String service) throws Exception {
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            return new ObjectMapper()
                    .readTree(client.send(
                                    java.net.http.HttpRequest.newBuilder(
                                                    java.net.URI.create(address(service) + "/q/health/ready"))
                                            .build(),
                                    java.net.http.HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            return new ObjectMapper().createObjectNode();
        }
    }

    private ServiceProcess process(String service) {
        return java.util.Objects.requireNonNull(running.get(service), service);
    }

    private String address(String service) {
        return "http://127.0.0.1:" + process(service).port();
    }

    private static String digest() throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
    }

    /** The rules of deploy/k8s/base/kafka/users.yaml, as the user operator would set them. */
    private static void allow(EmbeddedKafka kafka, BrokerSecurity security, Certificate certificate) throws Exception {
        Map<String, Object> settings = new HashMap<>(security.client(BrokerSecurity.ADMIN, certificate.certificate()));
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        List<AclBinding> rules = new ArrayList<>();
        try (var users = yaml.readerFor(JsonNode.class)
                .<JsonNode>readValues(
                        ROOT.resolve("deploy/k8s/base/kafka/users.yaml").toFile())) {
            users.forEachRemaining(user -> user.at("/spec/authorization/acls")
                    .forEach(rule -> rule.path("operations")
                            .forEach(operation ->
                                    rules.add(binding(user.at("/metadata/name").asText(), rule, operation)))));
        }
        try (Admin admin = Admin.create(settings)) {
            admin.createAcls(rules).all().get();
        }
        System.out.println(rules.size() + " access rules");
    }

    private static AclBinding binding(String user, JsonNode rule, JsonNode operation) {
        JsonNode resource = rule.path("resource");
        ResourceType type =
                ResourceType.fromString(resource.path("type").asText().replace("transactionalId", "transactional_id"));
        PatternType pattern =
                resource.path("patternType").asText().equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
        String name = operation.asText().replaceAll("(?<=[a-z])([A-Z])", "_$1");
        return new AclBinding(
                new ResourcePattern(type, resource.path("name").asText(), pattern),
                new AccessControlEntry("User:" + user, "*", AclOperation.fromString(name), AclPermissionType.ALLOW));
    }
}
