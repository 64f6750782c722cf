package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where the parts of a running suite answer, in a file of its home folder: ports may be any. Commands look there. */
public final class Addresses {
    private Addresses() {}

    /** The file in a home folder. */
    public static Path in(Path home) {
        return home.resolve("addresses.properties");
    }

    /**
     * Writes them down.
     *
     * @param bootstrapServers of Kafka
     */
    static void write(Path file, Ports ports, int trainer, String bootstrapServers) throws IOException {
        Properties addresses = new Properties();
        addresses.setProperty("fitting", http(ports.fitting()));
        addresses.setProperty("dataset", http(ports.dataset()));
        addresses.setProperty("trainer", http(trainer));
        addresses.setProperty("kafka", bootstrapServers);
        try (Writer writer = Files.newBufferedWriter(file)) {
            addresses.store(writer, "a running suite; removed when it stops");
        }
    }

    /** The address of {@code fitting}, {@code dataset}, {@code trainer} or {@code kafka}; empty where no suite runs. */
    public static Optional<String> read(Path home, String part) {
        Path file = in(home);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties addresses = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            addresses.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(addresses.getProperty(part));
    }

    static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
