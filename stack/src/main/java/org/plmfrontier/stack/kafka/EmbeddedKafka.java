package org.plmfrontier.stack.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.plmfrontier.stack.HomeLock;

/**
 * One Apache Kafka broker with its KRaft controller in this process. The folder survives restarts and kills. Not
 * thread-safe; one folder can be open once at a time, which a lock file enforces.
 */
public final class EmbeddedKafka implements KafkaBroker {
    /** Largest record accepted, bytes: room for a batch of a million tokens and for many sequences' lengths. */
    public static final int MAX_MESSAGE_BYTES = 4 << 20;

    private static final System.Logger LOG = System.getLogger(EmbeddedKafka.class.getName());
    private static final Duration ENDED_BROKER_STOPS_WITHIN = Duration.ofSeconds(10);

    private final KafkaRaftServer server;
    private final Path folder;
    private final HomeLock lock;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, Path folder, HomeLock lock, int port) {
        this.server = server;
        this.folder = folder;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts the broker and waits until it accepts connections, 2 to 4 seconds.
     *
     * @param folder log folder; formatted on first use
     * @param port where clients connect, on 127.0.0.1
     * @param controllerPort where the controller listens, on 127.0.0.1
     * @throws IOException where the folder is in use or cannot be formatted
     */
    public static EmbeddedKafka start(Path folder, int port, int controllerPort) throws IOException {
        return start(folder, port, controllerPort, Map.of());
    }

    /**
     * Starts the broker with settings of its own, which win over those of this class.
     *
     * @throws IOException where the folder is in use or cannot be formatted
     */
    public static EmbeddedKafka start(Path folder, int port, int controllerPort, Map<String, String> settings)
            throws IOException {
        Properties properties = properties(folder, port, controllerPort);
        properties.putAll(settings);
        return start(folder, port, properties, List.of());
    }

    /**
     * Starts a broker that speaks SASL_SSL only and lets nobody do anything that no access rule allows.
     *
     * @param security certificate and users
     * @throws IOException where the folder is in use or cannot be formatted
     */
    public static EmbeddedKafka startSecured(Path folder, int port, int controllerPort, BrokerSecurity security)
            throws IOException {
        Properties properties = properties(folder, port, controllerPort);
        properties.putAll(security.properties(port, controllerPort));
        return start(folder, port, properties, security.formatArguments());
    }

    private static EmbeddedKafka start(Path folder, int port, Properties properties, List<String> formatArguments)
            throws IOException {
        Files.createDirectories(folder);
        HomeLock lock = HomeLock.acquire(folder.resolveSibling(folder.getFileName() + ".lock"));
        try {
            format(folder, properties, formatArguments);
            BrokerExit.watch();
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, folder, lock, port);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Optional<String> ended() {
        return BrokerExit.reason().map(reason -> reason + "; " + folder + " has " + free() + " left");
    }

    private String free() {
        try {
            return (Files.getFileStore(folder).getUsableSpace() >> 20) + " MiB";
        } catch (IOException e) {
            return "an unknown amount of space (" + e.getMessage() + ")";
        }
    }

    /** A broker that has ended by itself is given a while, for its threads may wait for each other. */
    @Override
    public void close() {
        Thread stopping = Thread.ofPlatform().daemon().name("stop-broker").start(() -> {
            server.shutdown();
            server.awaitShutdown();
        });
        try {
            if (BrokerExit.reason().isEmpty()) {
                stopping.join();
            } else if (!stopping.join(ENDED_BROKER_STOPS_WITHIN)) {
                LOG.log(System.Logger.Level.WARNING, "the broker that has ended does not stop; its threads are left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.close();
    }

    private static void format(Path folder, Properties properties, List<String> arguments) throws IOException {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Path file = Files.createTempFile("kafka", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> command =
                new ArrayList<>(List.of("format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()));
        command.addAll(arguments);
        int status = StorageTool.execute(command.toArray(String[]::new), silent);
        Files.delete(file);
        if (status != 0) {
            throw new IOException("cannot format the Kafka log folder " + folder + " (status " + status + ")");
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", folder.toAbsolutePath().toString());
        p.put("auto.create.topics.enable", "false");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("log.cleaner.threads", "1");
        p.put("auto.include.jmx.reporter", "false");
        p.put("metric.reporters", "");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        return p;
    }
}
