package org.plmfrontier.launcher.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTest {
    @TempDir
    Path folder;

    @Test
    void aPortInUseIsNamedWithWhoWantsIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.free().with("dataset-service", taken.getLocalPort());
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " (dataset-service) is in use");
        }
    }

    @Test
    void aHomeInUseIsRefused() throws Exception {
        try (Home home = Home.open(folder)) {
            assertThat(home.kafka()).startsWithRaw(folder);
            assertThatThrownBy(() -> Home.open(folder))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("uses this folder already");
        }
    }

    @Test
    void aServiceThatWasNotBuiltIsNamed() {
        assertThatThrownBy(() -> ServiceProcess.start(
                        "fitting-service", folder.resolve("none.jar"), 1, folder.resolve("log"), List.of(), Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("fitting-service is not built");
    }

    @Test
    void anEnvironmentFileGivesAShellTheSameValuesAndNobodyElseMayReadIt() throws Exception {
        Map<String, String> environment =
                Map.of("PLAIN", "jdbc:postgresql://h:1/d?a=b&c=d", "AWKWARD", "it's $HOME `x` \"y\" \\ \n z");
        Path file = folder.resolve("fitting-service.env");
        Files.writeString(file, "OLD=1");
        EnvironmentFile.write(file, environment);
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
        Process shell = new ProcessBuilder("sh", "-c", "set -a; . ./fitting-service.env; env -0")
                .directory(folder.toFile())
                .start();
        List<String> variables = List.of(new String(shell.getInputStream().readAllBytes(), UTF_8).split("\0"));
        assertThat(variables)
                .contains("PLAIN=" + environment.get("PLAIN"), "AWKWARD=" + environment.get("AWKWARD"))
                .noneMatch(variable -> variable.startsWith("OLD="));
        assertThat(folder).isDirectoryNotContaining("glob:**/environment*");
    }

    @Test
    void aSuiteLeavesOutOneOfItsServicesAndNoOther() throws Exception {
        SuiteOptions all = new SuiteOptions(folder, folder, Ports.free(), 2, 2, List.of());
        SuiteOptions options = all.without("fitting-service");
        assertThat(SuiteOptions.SERVICES)
                .filteredOn(options::starts)
                .containsExactly("dataset-service", "trainer-service");
        assertThat(SuiteOptions.SERVICES).allMatch(all::starts);
        assertThatThrownBy(() -> all.without("fitting"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fitting-service");
    }

    /** A service whose main thread lives on while another one has died for want of memory. */
    static final class HalfAlive {
        private HalfAlive() {}

        public static void main(String[] args) throws InterruptedException {
            Thread.ofPlatform().start(() -> System.out.println(new byte[Integer.MAX_VALUE - 8].length));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aServiceThatRanOutOfMemoryEnds() throws Exception {
        Path jar = folder.resolve("service.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, HalfAlive.class.getName());
        String entry = HalfAlive.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = Objects.requireNonNull(HalfAlive.class.getResourceAsStream("/" + entry))) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
        ServiceProcess service =
                ServiceProcess.start("trainer-service", jar, 1, folder.resolve("log"), List.of("-Xmx16m"), Map.of());
        try {
            assertThat(service.handle().onExit().get(1, TimeUnit.MINUTES)).isNotNull();
            assertThat(service.lastLines(5)).contains("OutOfMemoryError");
        } finally {
            service.handle().destroyForcibly();
        }
    }

    @Test
    void processesLeftByAKilledLauncherAreEndedAndOthersAreNot() throws Exception {
        Process left = new ProcessBuilder("sleep", "600").start();
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Path pids = folder.resolve("pids");
            String start = left.toHandle().info().startInstant().orElseThrow().toString();
            Files.write(pids, List.of(left.pid() + " " + start, other.pid() + " 1999-01-01T00:00:00Z"));
            new Leftovers(pids).reap(folder.resolve("data"));
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            left.destroyForcibly();
            other.destroyForcibly();
        }
    }

    @Test
    void moreTrainersThanPartitionsAreRefused() throws Exception {
        Ports ports = Ports.free();
        assertThatThrownBy(() -> new SuiteOptions(folder, folder, ports, 3, 2, List.of()))
                .hasMessageContaining("partitions 2");
    }
}
