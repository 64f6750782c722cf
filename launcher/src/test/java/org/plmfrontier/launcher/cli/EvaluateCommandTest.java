package org.plmfrontier.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command understands and refuses before any model is read; {@code EvaluateIT} measures. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    @Test
    void scansAreAskedForWithTheirRolesAndOptions() {
        JsonNode request = parsed(
                        "MODEL",
                        "--variants",
                        "a.csv",
                        "b.csv",
                        "--wild-type",
                        "w.fasta",
                        "--scoring",
                        "wt-marginals",
                        "--offset",
                        "-23",
                        "--window",
                        "512")
                .request();
        assertThat(request.path("kind").asText()).isEqualTo("VARIANT_EFFECT");
        assertThat(request.path("options"))
                .hasToString("{\"context\":\"512\",\"scoring\":\"wt-marginals\",\"offset\":\"-23\"}");
        assertThat(request.findValuesAsText("role")).containsExactly("scores", "scores", "wildType");
        assertThat(request.at("/data/1/path").asText()).endsWith("/b.csv").startsWith("/");
    }

    @Test
    void theProtocolIsAskedForWithItsProteins() {
        JsonNode request = parsed(
                        "MODEL", "--protocol", "serrano-2024/heldout", "--proteins", "p.fasta", "--maskings", "3")
                .request();
        assertThat(request.path("kind").asText()).isEqualTo("PERPLEXITY");
        assertThat(request.path("options")).hasToString("{\"maskings\":\"3\"}");
        assertThat(request.findValuesAsText("role")).containsExactly("proteins");
    }

    @Test
    void argumentsThatDoNotGoTogetherAreRefusedWithStatusTwo() {
        assertThat(refused(2, "evaluate", "m")).contains("say what to measure: --variants or --protocol");
        assertThat(refused(2, "evaluate", "m", "--variants", "a.csv")).contains("--variants needs --wild-type");
        assertThat(refused(2, "evaluate", "m", "--protocol", "heldout")).contains("known is serrano-2024/heldout");
        assertThat(refused(2, "evaluate", "m", "--protocol", "serrano-2024/heldout"))
                .contains("needs --proteins");
        assertThat(refused(2, "evaluate", "m", "--protocol", "serrano-2024/heldout", "--variants", "a.csv"))
                .contains("two evaluations");
    }

    @Test
    void whatIsNotThereIsNamedWithStatusOne() throws Exception {
        assertThat(refused(1, "evaluate", "m", "--protocol", "serrano-2024/heldout", "--proteins", "absent.fasta"))
                .contains("there is no file")
                .contains("absent.fasta");
        String proteins =
                Files.writeString(folder.resolve("p.fasta"), ">a\nMKV\n").toString();
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(refused(1, arguments(empty.toString(), proteins))).contains("empty holds no config.json");
        assertThat(refused(1, arguments(folder + "/absent", proteins))).contains("there is no folder " + folder);
        assertThat(refused(1, arguments("run-1", proteins)))
                .contains("'run-1' is no folder, and no run: nothing answers at http://127.0.0.1:1");
    }

    private static String[] arguments(String model, String proteins) {
        return new String[] {
            "evaluate",
            model,
            "--protocol",
            "serrano-2024/heldout",
            "--proteins",
            proteins,
            "--trainer",
            "http://127.0.0.1:1"
        };
    }

    private static EvaluationArguments parsed(String... arguments) {
        CommandLine line = new CommandLine(new EvaluateCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        line.parseArgs(arguments);
        EvaluateCommand command = line.getCommand();
        return command.arguments;
    }

    /** Standard error of a command that must end with a status. */
    private static String refused(int status, String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String root = System.getProperty("frontier.root");
        System.setProperty("frontier.root", "/nowhere");
        try (PrintStream err = new PrintStream(printed, true, UTF_8)) {
            System.setErr(err);
            assertThat(Frontier.line(Optional.empty()).execute(arguments)).isEqualTo(status);
        } finally {
            System.setErr(before);
            if (root == null) {
                System.clearProperty("frontier.root");
            } else {
                System.setProperty("frontier.root", root);
            }
        }
        return printed.toString(UTF_8);
    }
}
