package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plmfrontier.stack.HomeLock;

/**
 * The folder that holds everything one local suite keeps between starts: Kafka's log, PostgreSQL's data, checkpoints,
 * logs. Locked while open.
 */
public final class Home implements AutoCloseable {
    private static final long NEEDED_BYTES = 2L << 30;

    private final Path folder;
    private final HomeLock lock;

    private Home(Path folder, HomeLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens and locks the folder, creating it where absent.
     *
     * @throws StartupException where another suite uses it or less than 2 GiB are free
     */
    public static Home open(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw new StartupException("only " + (free >> 20) + " MiB are free in " + folder + ", "
                    + (NEEDED_BYTES >> 20) + " MiB are needed; free some space or choose another folder with --home");
        }
        try {
            return new Home(folder, HomeLock.acquire(folder.resolve("home.lock")));
        } catch (IOException e) {
            throw new StartupException(e.getMessage(), e);
        }
    }

    public Path kafka() {
        return folder.resolve("kafka");
    }

    public Path postgres() {
        return folder.resolve("postgres");
    }

    /** Where a service may keep files. */
    public Path data(String service) {
        return folder.resolve("data").resolve(service);
    }

    public Path log(String service) {
        return folder.resolve("logs").resolve(service + ".log");
    }

    /** Environment of a service that somebody starts by hand. */
    public Path environment(String service) {
        return folder.resolve(service + ".env");
    }

    /** Where the parts of the suite answer while it runs. */
    public Path addresses() {
        return Addresses.in(folder);
    }

    /** Process ids of the services that run, one per line. */
    public Path pids() {
        return folder.resolve("pids");
    }

    @Override
    public void close() {
        lock.close();
    }
}
