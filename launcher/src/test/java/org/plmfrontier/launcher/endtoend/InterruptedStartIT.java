package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.launcher.cli.Frontier;

/** Whatever ends a suite, also while it starts, leaves no process behind and says why. */
class InterruptedStartIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aSuiteThatIsAskedToLeaveWhileItStartsLeavesNoProcess() throws Exception {
        for (String moment : List.of("kafka", "logs/dataset-service.log")) {
            Path home = folder.resolve("home-" + moment.replace('/', '-'));
            Process launcher = up(home);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(home.resolve(moment)) || !launcher.isAlive());
            assertThat(launcher.isAlive()).as(moment).isTrue();
            launcher.destroy();
            assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(left(home)).as("after SIGTERM at " + moment).isEmpty();
        }
    }

    /** What the command asks its suite for fails then, for that alone. */
    @Test
    void whoStopsAStudyIsToldThatItStoppedAndNothingMore() throws Exception {
        Path home = folder.resolve("home-demo");
        Process launcher = frontier(home, "demo", "--out", folder.resolve("out").toString());
        await().atMost(PATIENCE.multipliedBy(3)).until(() -> said().contains("FLOPs") || !launcher.isAlive());
        assertThat(launcher.isAlive()).as(said()).isTrue();
        launcher.destroy();
        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String said = said();
        assertThat(said.lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
                .as(said)
                .endsWith("stopping ...", "stopped; ./frontier with the same command goes on where this ended");
        assertThat(said).doesNotContain("nothing answers").doesNotContain("frontier: ");
        assertThat(left(home)).isEmpty();
    }

    @Test
    void aBrokerThatCannotWriteEndsTheSuiteWithItsReasonAndLeavesNoProcess() throws Exception {
        Path home = folder.resolve("home");
        Process launcher = up(home);
        await().atMost(PATIENCE).until(() -> said().contains("live page:"));
        try (Stream<Path> files = Files.list(home.resolve("kafka"))) {
            for (Path file : files.filter(Files::isDirectory).toList()) {
                try (Stream<Path> segments = Files.list(file)) {
                    for (Path segment : segments.toList()) {
                        Files.delete(segment);
                    }
                }
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(home.resolve("kafka"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(home.resolve("kafka"));
        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(1);
        assertThat(said()).contains("frontier: the Kafka broker ended with status 1");
        assertThat(left(home)).isEmpty();
    }

    private Process up(Path home) throws IOException {
        return frontier(home, "up");
    }

    private Process frontier(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-Dfrontier.root=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                Frontier.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--free-ports", "--trainers", "1", "--home", home.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()))
                .start();
    }

    private String said() throws IOException {
        Path file = folder.resolve("said");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Processes that have the home among their arguments or as their folder. */
    private static List<String> left(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> mentions(process, home.toString()))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static boolean mentions(ProcessHandle process, String home) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        return read(proc.resolve("cmdline")).contains(home)
                || read(proc.resolve("environ")).contains(home);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
