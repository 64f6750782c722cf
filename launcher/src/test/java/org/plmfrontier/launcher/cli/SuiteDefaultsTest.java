package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.launcher.suite.SuiteContext;
import picocli.CommandLine;

/** Commands find the suite that runs in the home folder. */
class SuiteDefaultsTest {
    @TempDir
    Path home;

    @Test
    void addressesAreThoseOfTheSuiteThatRuns() throws Exception {
        Files.writeString(
                home.resolve("addresses.properties"),
                "fitting=http\\://127.0.0.1\\:1234\ndataset=http\\://127.0.0.1\\:1235\nkafka=127.0.0.1\\:1236\n");
        StatusCommand status = parsed("status", "s").getCommand();
        assertThat(status.arguments.address).isEqualTo("http://127.0.0.1:1234");
        assertThat(status.dataset).isEqualTo("http://127.0.0.1:1235");
        StatusCommand asked =
                parsed("status", "s", "--fitting", "http://other:80").getCommand();
        assertThat(asked.arguments.address).isEqualTo("http://other:80");
    }

    /** Its token must not go to a suite that happens to run here. */
    @Test
    void aContextsAddressesAreItsOwnAndNoOther() throws Exception {
        Files.writeString(home.resolve("addresses.properties"), "dataset=http\\://127.0.0.1\\:1235\n");
        SuiteContext lab = new SuiteContext("lab", Map.of("fitting", "https://lab.example"), Optional.of("secret"));
        StatusCommand status = Frontier.line(Optional.of(home), Optional.of(lab))
                .parseArgs("status", "s")
                .subcommand()
                .commandSpec()
                .commandLine()
                .getCommand();
        assertThat(status.arguments.address).isEqualTo("https://lab.example");
        assertThat(status.dataset).isEqualTo("http://no-dataset-in-context-lab.invalid");
    }

    @Test
    void whereNoneRunsTheyAreTheUsualOnes() throws Exception {
        StatusCommand none = parsed("status", "s").getCommand();
        assertThat(none.arguments.address).isEqualTo("http://127.0.0.1:8080");
        Files.write(home.resolve("addresses.properties"), new byte[] {'\\', 'u', 'x', '\n'});
        StatusCommand damaged = parsed("status", "s").getCommand();
        assertThat(damaged.arguments.address).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void aSuiteThatDoesNotRunIsOneSentenceThatSaysHowToStartIt() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String address = "http://127.0.0.1:" + free;
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Frontier.line(Optional.of(home)).execute("status", "s", "--fitting", address))
                    .isEqualTo(1);
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("frontier: nothing answers at " + address + "; ./frontier up starts a suite")
                .doesNotContain("null");
    }

    private CommandLine parsed(String... arguments) {
        return Frontier.line(Optional.of(home))
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .commandLine();
    }
}
