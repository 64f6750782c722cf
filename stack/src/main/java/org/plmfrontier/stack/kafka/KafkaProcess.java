package org.plmfrontier.stack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The embedded broker in a process of its own, so that it can be killed. Its folder and ports stay the same from start to
 * start. A process whose parent is gone stops by itself. Not thread-safe.
 */
public final class KafkaProcess implements KafkaBroker {
    private static final String READY = "ready";
    private static final long STOP_SECONDS = 30;
    private static final Duration WATCH = Duration.ofMillis(200);

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    private KafkaProcess(Path folder, int port, List<String> command) throws IOException {
        this.folder = folder;
        this.port = port;
        this.command = command;
        this.process = launch();
    }

    /**
     * Starts the broker and waits until it accepts connections.
     *
     * @param folder log folder; formatted on first use
     * @param port where clients connect, on 127.0.0.1
     * @param controllerPort where the controller listens, on 127.0.0.1
     * @param settings of the broker beyond those of {@link EmbeddedKafka}
     * @throws IOException where it ends instead of becoming ready, with what it said
     */
    public static KafkaProcess start(Path folder, int port, int controllerPort, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                folder.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort)));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new KafkaProcess(folder, port, List.copyOf(command));
    }

    /** The process itself: folder, port, controller's port, then settings as {@code key=value}. */
    public static void main(String[] args) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : List.of(args).subList(3, args.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        EmbeddedKafka kafka =
                EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), settings);
        Thread.ofPlatform().daemon().name("watch-broker").start(() -> endWith(kafka));
        System.out.println(READY);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        kafka.close();
        System.exit(0);
    }

    /** A broker that has ended ends its process. */
    private static void endWith(EmbeddedKafka kafka) {
        try {
            while (kafka.ended().isEmpty()) {
                Thread.sleep(WATCH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println(kafka.ended().orElse("the watch of the broker was interrupted"));
        Runtime.getRuntime().halt(1);
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Optional<String> ended() {
        return process.isAlive() ? Optional.empty() : Optional.of("the broker's process has ended");
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops cleanly; kills what does not stop. */
    public void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Starts again after {@link #kill} or {@link #stop}, on the same folder and ports. */
    public void startAgain() throws IOException {
        if (process.isAlive()) {
            throw new IllegalStateException("the broker still runs");
        }
        process = launch();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        Path said = folder.resolveSibling(folder.getFileName() + ".log");
        Files.createDirectories(said.toAbsolutePath().getParent());
        Process fresh = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
        String answer = new String(fresh.getInputStream().readNBytes(READY.length()), StandardCharsets.UTF_8);
        if (!answer.equals(READY)) {
            fresh.destroyForcibly();
            throw new IOException("the broker did not start: " + answer + Files.readString(said));
        }
        return fresh;
    }
}
