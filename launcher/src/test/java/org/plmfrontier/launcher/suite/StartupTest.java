package org.plmfrontier.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
