package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.kafka.KafkaBroker;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * A local suite: broker and controller in this process unless another broker is given, PostgreSQL and the services as
 * children. Closing stops trainers first, then the other services, then broker and database; it may come from another thread
 * while the suite starts. Else not thread-safe.
 */
public final class Suite implements AutoCloseable {
    /** A trainer computes in libtorch: compiling its Java thoroughly costs more than it gives. */
    private static final String QUICK_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";
    /** How often a start is tried on other ports where one was taken meanwhile. */
    private static final int TRIES = 5;

    private final SuiteOptions options;
    private final Home home;
    private final Leftovers leftovers;
    private final List<ServiceProcess> services = new ArrayList<>();
    private final EndedServices ended;
    /** Held while a part starts: who closes meanwhile waits until it can be stopped. */
    private final ReentrantLock step = new ReentrantLock();

    private Ports ports;
    private @Nullable KafkaBroker kafka;
    private @Nullable LocalPostgres postgres;
    private volatile boolean closing;
    private boolean closed;

    private Suite(SuiteOptions options, Home home, Consumer<String> notice) {
        this.options = options;
        this.home = home;
        this.ports = options.ports();
        this.leftovers = new Leftovers(home.pids());
        this.ended = new EndedServices(notice);
    }

    /**
     * Starts everything and waits until every service is ready.
     *
     * @param progress receives one line per part that is up, and later one for a trainer that ended
     * @throws StartupException with one sentence where something is missing or in the way
     */
    public static Suite start(SuiteOptions options, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(options, EmbeddedKafka::start, progress, suite -> {});
    }

    /**
     * Starts everything with a broker of the caller's choice, see {@link #start(SuiteOptions, Consumer)}.
     *
     * @param beginning given the suite before any part of it is started, to close it whatever happens
     */
    public static Suite start(
            SuiteOptions options, BrokerStart broker, Consumer<String> progress, Consumer<Suite> beginning)
            throws IOException, InterruptedException {
        Suite suite = new Suite(options, Home.open(options.home()), progress);
        try {
            beginning.accept(suite);
            suite.startParts(broker, progress);
            return suite;
        } catch (IOException | InterruptedException | RuntimeException e) {
            boolean stopped = suite.closing;
            suite.close();
            if (stopped) {
                throw new StartupException("stopped while it was starting", e);
            }
            throw e;
        }
    }

    private void startParts(BrokerStart broker, Consumer<String> progress) throws IOException, InterruptedException {
        step(() -> {
            leftovers.reap(home.postgres().resolve("data"));
            ports.requireFree();
            startStack(broker);
        });
        progress.accept("Kafka " + bootstrapServers() + " and PostgreSQL 127.0.0.1:" + ports.postgres() + " are up");
        startService("dataset-service", ports.dataset());
        startService("fitting-service", ports.fitting());
        for (int i = 0; i < options.trainers() && options.starts("trainer-service"); i++) {
            step(this::startTrainer);
        }
        step(() -> leftovers.remember(services));
        for (int i = 0; i < services.size(); i++) {
            awaitReady(i);
            progress.accept(services.get(i).name() + " is ready on "
                    + Addresses.http(services.get(i).port()));
        }
        int trainer = services.stream()
                .filter(service -> service.name().startsWith("trainer"))
                .findFirst()
                .map(ServiceProcess::port)
                .orElse(ports.trainer());
        Addresses.write(home.addresses(), ports, trainer, bootstrapServers());
    }

    private void startService(String service, int port) throws IOException {
        if (options.starts(service)) {
            step(() -> services.add(start(service, service, port, Map.of())));
        }
    }

    /**
     * Writes down what a service of this suite is started with, for somebody who starts it by hand.
     *
     * @return the file, which a shell reads with {@code .}
     */
    public Path writeEnvironment(String service) throws IOException {
        Map<String, String> environment = new HashMap<>(environment(service, service));
        environment.remove("QUARKUS_PROFILE");
        environment.putAll(options.environment());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(service)));
        Path file = home.environment(service);
        EnvironmentFile.write(file, environment);
        return file;
    }

    /** Starts a part, unless the suite is being closed. */
    private void step(Start part) throws IOException {
        step.lock();
        try {
            if (closing) {
                throw new StartupException("the suite is being closed");
            }
            part.start();
        } finally {
            step.unlock();
        }
    }

    /** What starts a part. */
    @FunctionalInterface
    private interface Start {
        void start() throws IOException;
    }

    private void startStack(BrokerStart broker) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                startStackOnce(broker);
                return;
            } catch (IOException | RuntimeException e) {
                if (attempt == TRIES || !ports.replaceable() || !saysThatAPortIsTaken(e)) {
                    throw e;
                }
                ports = Ports.free();
            }
        }
    }

    private void startStackOnce(BrokerStart broker) throws IOException {
        CompletableFuture<LocalPostgres> database = CompletableFuture.supplyAsync(this::startDatabase);
        try {
            kafka = broker.start(home.kafka(), ports.kafka(), ports.controller());
        } catch (IOException | RuntimeException e) {
            database.handle((started, failure) -> {
                        postgres = started;
                        return started;
                    })
                    .join();
            closeStack();
            throw e;
        }
        try {
            postgres = database.join();
        } catch (CompletionException e) {
            closeStack();
            throw new StartupException("PostgreSQL does not start: " + e.getCause(), e);
        }
    }

    private LocalPostgres startDatabase() {
        try {
            LocalPostgres started = LocalPostgres.durable(home.postgres(), ports.postgres());
            started.ensureDatabase("dataset");
            started.ensureDatabase("fitting");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new StartupException("cannot create the databases: " + e.getMessage(), e);
        }
    }

    private static boolean saysThatAPortIsTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("Address already in use")) {
                return true;
            }
        }
        return false;
    }

    /** Waits for a service; one whose port was taken meanwhile is started again on another, where any will do. */
    private void awaitReady(int index) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            ServiceProcess service = services.get(index);
            try {
                Readiness.await(service, this::requireBroker);
                return;
            } catch (StartupException e) {
                if (attempt == TRIES || !ports.replaceable() || !service.portWasTaken()) {
                    throw e;
                }
                int port = FreePorts.next();
                step(() -> {
                    services.set(index, service.onPort(port));
                    ports = ports.with(service.name(), port);
                    leftovers.remember(services);
                });
            }
        }
    }

    /** Starts one more trainer; the first takes the standard port. Returns its process. */
    public ServiceProcess startTrainer() throws IOException {
        long trainers =
                services.stream().filter(s -> s.name().startsWith("trainer")).count();
        int port = trainers == 0 ? ports.trainer() : FreePorts.next();
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
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers()),
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", database().jdbcUrl(database)),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", LocalPostgres.USER),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", database().password()),
                Map.entry("DATASET_INGEST_FOLDER", home.data("dataset").toString()),
                Map.entry("DATASET_TRAINERS_MEMORY_BYTES", Long.toString(ThisMachine.memoryBytes())),
                Map.entry("DATASET_TRAINERS_FLOPS_PER_SECOND", Double.toString(ThisMachine.flopsPerSecond())),
                Map.entry("DATASET_PAGES_LIVE", fittingAddress()),
                Map.entry("DATASET_PAGES_MODELS", Addresses.http(ports.trainer())),
                Map.entry("DATASET_UPLOADS_FOLDER", home.data("uploads").toString()),
                Map.entry("FITTING_PAGES_STUDIES", datasetAddress()),
                Map.entry("FITTING_PAGES_MODELS", Addresses.http(ports.trainer())),
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
        return Addresses.http(ports.fitting());
    }

    public String datasetAddress() {
        return Addresses.http(ports.dataset());
    }

    public String bootstrapServers() {
        return Objects.requireNonNull(kafka, "the broker is not started").bootstrapServers();
    }

    /** JDBC address of a database of the suite, with the services' login. */
    public String databaseUrl(String database) {
        return database().loginUrl(database);
    }

    private LocalPostgres database() {
        return Objects.requireNonNull(postgres, "the database is not started");
    }

    /**
     * Fails where the broker or a service ended by itself, but for a trainer while there are others. Of a suite that is being
     * closed nothing is required.
     *
     * @throws StartupException with what the broker said, or the end of the service's log
     */
    public void requireAlive() throws IOException {
        if (!closing) {
            requireBroker();
            ended.require(services);
        }
    }

    private void requireBroker() {
        KafkaBroker broker = kafka;
        Optional<String> ended = broker == null ? Optional.empty() : broker.ended();
        ended.ifPresent(reason -> {
            throw new StartupException(reason);
        });
    }

    @Override
    public void close() throws IOException {
        closing = true;
        step.lock();
        try {
            if (!closed) {
                closed = true;
                closeParts();
            }
        } finally {
            step.unlock();
        }
    }

    private void closeParts() throws IOException {
        try {
            stop(s -> s.name().startsWith("trainer"));
            stop(s -> true);
            leftovers.forget();
            Files.deleteIfExists(home.addresses());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                closeStack();
            } finally {
                home.close();
            }
        }
    }

    private void closeStack() throws IOException {
        try {
            if (kafka != null) {
                kafka.close();
                kafka = null;
            }
        } finally {
            if (postgres != null) {
                postgres.close();
                postgres = null;
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
}
