package org.plmfrontier.launcher.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sees states of runs being written, within about a millisecond. */
final class CheckpointWatch implements AutoCloseable {
    /** Name of a state: step, trainer, and the ending that it has as long as it is not finished. */
    private static final Pattern NAME = Pattern.compile("step-(\\d+)-(.+)\\.safetensors(\\.part)?");

    private final Path folder;
    private final WatchService watch;
    private final Map<WatchKey, String> runs = new HashMap<>();

    /** A file that appeared: name within the store, trainer that writes it. */
    record Sighting(String name, String trainer, boolean unfinished) {}

    CheckpointWatch(Path folder) throws IOException {
        this.folder = folder;
        this.watch = folder.getFileSystem().newWatchService();
    }

    void follow(Collection<String> runIds) throws IOException {
        for (String run : runIds) {
            Path home = Files.createDirectories(folder.resolve(run));
            runs.put(home.register(watch, StandardWatchEventKinds.ENTRY_CREATE), run);
        }
    }

    /** Waits for the next file that begins to be written, or the next one that is written and has its name. */
    Optional<Sighting> next(boolean unfinished, Duration limit) throws InterruptedException {
        forget();
        Instant deadline = Instant.now().plus(limit);
        while (Instant.now().isBefore(deadline)) {
            WatchKey key = watch.poll(100, TimeUnit.MILLISECONDS);
            if (key == null) {
                continue;
            }
            for (WatchEvent<?> event : key.pollEvents()) {
                Matcher name = NAME.matcher(String.valueOf(event.context()));
                if (name.matches() && (name.group(3) != null) == unfinished) {
                    key.reset();
                    return Optional.of(new Sighting(
                            Objects.requireNonNull(runs.get(key)) + "/" + event.context(), name.group(2), unfinished));
                }
            }
            key.reset();
        }
        return Optional.empty();
    }

    static long stepOf(Path state) {
        Matcher name = NAME.matcher(state.getFileName().toString());
        return name.matches() && name.group(3) == null ? Long.parseLong(name.group(1)) : -1;
    }

    static String trainerOf(Path state) {
        Matcher name = NAME.matcher(state.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("no state: " + state);
        }
        return name.group(2);
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }

    private void forget() {
        for (WatchKey key = watch.poll(); key != null; key = watch.poll()) {
            key.pollEvents();
            key.reset();
        }
    }
}
