package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.kafka.KafkaBroker;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * A running local suite: broker and controller in this process unless another broker is given, PostgreSQL and the services
 * as children. Closing stops trainers first, then the other services, then broker and database. Not thread-safe.
 */
public final class Suite implements AutoCloseable {
    /** A trainer computes in libtorch: compiling its Java thoroughly costs more than it gives. */
    private static final String QUICK_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private final SuiteOptions options;
    private final Home home;
    private final Leftovers leftovers;
    private final KafkaBroker kafka;
    private final LocalPostgres postgres;
    private final List<ServiceProcess> services = new ArrayList<>();

    private Suite(SuiteOptions options, Home home, Leftovers leftovers, KafkaBroker kafka, LocalPostgres postgres) {
        this.options = options;
        this.home = home;
        this.leftovers = leftovers;
        this.kafka = kafka;
        this.postgres = postgres;
    }

    /**
     * Starts everything and waits until every service is ready.
     *
     * @param progress told one line per part that is up
     * @throws StartupException with one sentence where something is missing or in the way
     */
    public static Suite start(SuiteOptions options, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(options, EmbeddedKafka::start, progress);
    }

    /** Starts everything with a broker of the caller's choice, see {@link #start(SuiteOptions, Consumer)}. */
    public static Suite start(SuiteOptions options, BrokerStart broker, Consumer<String> progress)
            throws IOException, InterruptedException {
        Home home = Home.open(options.home());
        try {
            Leftovers leftovers = new Leftovers(home.pids());
            leftovers.reap(home.postgres().resolve("data"));
            options.ports().requireFree();
            Suite suite = startStack(options, broker, home, leftovers);
            try {
                progress.accept("Kafka " + suite.kafka.bootstrapServers() + " and PostgreSQL 127.0.0.1:"
                        + options.ports().postgres() + " are up");
                suite.startServices(progress);
                return suite;
            } catch (IOException | InterruptedException | RuntimeException e) {
                suite.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            home.close();
            throw e;
        }
    }

    private static Suite startStack(SuiteOptions options, BrokerStart broker, Home home, Leftovers leftovers)
            throws IOException {
        CompletableFuture<LocalPostgres> database = CompletableFuture.supplyAsync(() -> {
            try {
                LocalPostgres postgres =
                        LocalPostgres.durable(home.postgres(), options.ports().postgres());
                postgres.ensureDatabase("dataset");
                postgres.ensureDatabase("fitting");
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new StartupException("cannot create the databases: " + e.getMessage(), e);
            }
        });
        KafkaBroker kafka = broker.start(
                home.kafka(), options.ports().kafka(), options.ports().controller());
        try {
            return new Suite(options, home, leftovers, kafka, database.join());
        } catch (CompletionException e) {
            kafka.close();
            throw new StartupException("PostgreSQL does not start: " + e.getCause(), e);
        }
    }

    private void startServices(Consumer<String> progress) throws IOException, InterruptedException {
        services.add(start("dataset-service", "dataset-service", options.ports().dataset(), Map.of()));
        services.add(start("fitting-service", "fitting-service", options.ports().fitting(), Map.of()));
        for (int i = 0; i < options.trainers(); i++) {
            startTrainer();
        }
        leftovers.remember(services);
        for (ServiceProcess service : services) {
            Readiness.await(service);
            progress.accept(service.name() + " is ready on " + address(service.port()));
        }
    }

    /** Starts one more trainer; the first takes the standard port. Returns its process. */
    public ServiceProcess startTrainer() throws IOException {
        long trainers =
                services.stream().filter(s -> s.name().startsWith("trainer")).count();
        int port = trainers == 0 ? options.ports().trainer() : FreePorts.next();
        return startTrainer("trainer-service-" + (trainers + 1), port, Map.of());
    }

    /**
     * Starts a trainer under a name, which may be that of one that ended: its process is forgotten then.
     *
     * @param environment of this trainer, beyond that of all services
     */
    public ServiceProcess startTrainer(String name, int port, Map<String, String> environment) throws IOException {
        ServiceProcess trainer = start(name, "trainer-service", port, environment);
        services.removeIf(service -> service.name().equals(name) && !service.isAlive());
        services.add(trainer);
        leftovers.remember(services);
        return trainer;
    }

    private ServiceProcess start(String name, String module, int port, Map<String, String> own) throws IOException {
        Path jar = options.root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        List<String> jvm = new ArrayList<>(options.jvmOptions());
        if (module.equals("trainer-service")) {
            jvm.add(QUICK_COMPILER_ONLY);
        }
        Map<String, String> environment = new HashMap<>(environment(name, module));
        environment.putAll(options.environment());
        environment.putAll(own);
        return ServiceProcess.start(name, jar, port, home.log(name), jvm, environment);
    }

    private Map<String, String> environment(String name, String module) {
        String database = module.replace("-service", "");
        return Map.ofEntries(
                Map.entry("QUARKUS_PROFILE", "local"),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(database)),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", LocalPostgres.USER),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", LocalPostgres.USER),
                Map.entry("DATASET_INGEST_FOLDER", home.data("dataset").toString()),
                Map.entry("DATASET_JOBS_PARTITIONS", Integer.toString(options.partitions())),
                Map.entry("TRAINER_NAME", name),
                Map.entry("TRAINER_DATA_DIR", home.data("trainer").toString()),
                Map.entry("TRAINER_CHECKPOINT_DIR", home.data("checkpoints").toString()));
    }

    /** The services, in starting order. */
    public List<ServiceProcess> services() {
        return List.copyOf(services);
    }

    /** Address of the live page and the fitting REST. */
    public String fittingAddress() {
        return address(options.ports().fitting());
    }

    public String datasetAddress() {
        return address(options.ports().dataset());
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /**
     * Fails where a service ended by itself.
     *
     * @throws StartupException with the end of its log
     */
    public void requireAlive() throws IOException {
        for (ServiceProcess service : services) {
            if (!service.isAlive()) {
                throw new StartupException(service.name() + " ended; its log is " + service.log()
                        + ", the last lines:\n" + service.lastLines(12));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop(s -> s.name().startsWith("trainer"));
            stop(s -> true);
            leftovers.forget();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                kafka.close();
            } finally {
                postgres.close();
                home.close();
            }
        }
    }

    private void stop(Predicate<ServiceProcess> which) throws InterruptedException {
        List<ServiceProcess> leaving = services.stream().filter(which).toList();
        leaving.forEach(ServiceProcess::askToLeave);
        for (ServiceProcess service : leaving) {
            service.awaitExit();
        }
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }
}
