package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Processes of an earlier suite on the same home that outlived a kill -9 of their launcher. A process is only touched
 * when both its id and its start time are the recorded ones, so that a reused id is safe.
 */
final class Leftovers {
    private final Path file;

    Leftovers(Path file) {
        this.file = file;
    }

    void remember(List<ServiceProcess> services) throws IOException {
        Files.write(
                file, services.stream().map(service -> line(service.handle())).toList());
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Ends what still runs: the recorded services and the PostgreSQL server of the data folder. */
    void reap(Path postgresData) throws IOException {
        List<ProcessHandle> left =
                Stream.concat(services(), postgres(postgresData)).toList();
        left.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] exits = left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(exits)
                .completeOnTimeout(null, 15, TimeUnit.SECONDS)
                .join();
        left.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> services() throws IOException {
        if (!Files.exists(file)) {
            return Stream.empty();
        }
        return Files.readAllLines(file).stream().flatMap(line -> {
            long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
            return ProcessHandle.of(pid).filter(handle -> line(handle).equals(line)).stream();
        });
    }

    /** First line of postmaster.pid: the id; third line: the start time in epoch seconds. */
    private static Stream<ProcessHandle> postgres(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Stream.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        Instant recorded = Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
        Optional<ProcessHandle> server =
                ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        return server
                .filter(handle -> handle.info().startInstant().stream()
                        .anyMatch(start -> Math.abs(start.getEpochSecond() - recorded.getEpochSecond()) <= 2))
                .stream();
    }

    private static String line(ProcessHandle handle) {
        return handle.pid() + " "
                + handle.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
