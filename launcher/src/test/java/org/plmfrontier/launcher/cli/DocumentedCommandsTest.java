package org.plmfrontier.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Commands that the documentation gives are commands that the command line takes. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern IN_A_BLOCK = Pattern.compile("(?m)^ *\\./frontier ([^#\\n]+)");
    private static final Pattern IN_A_SENTENCE = Pattern.compile("`\\./frontier ([^`]+)`");

    @TempDir
    Path folder;

    static Stream<String> documents() {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "deploy/README.md"),
                        files("docs"))
                .filter(file -> file.endsWith(".md"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandOfABlockIsTakenWithItsOptions(String document) {
        commands(IN_A_BLOCK, document)
                .forEach(command -> assertThat(Frontier.line().parseArgs(command.split("\\s+")))
                        .as(command)
                        .isNotNull());
    }

    /** A sentence may name a command without its arguments. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandOfASentenceExistsWithItsOptions(String document) {
        commands(IN_A_SENTENCE, document)
                .filter(command -> !command.startsWith("COMMAND"))
                .forEach(command -> {
                    String real = command.replace("SERVICE", "fitting-service");
                    try {
                        Frontier.line().parseArgs(real.split("\\s+"));
                    } catch (MissingParameterException withoutArguments) {
                        assertThat(real).as(withoutArguments.getMessage()).doesNotContain(" ");
                    }
                });
    }

    @Test
    void aCommandThatDoesNotExistWouldBeFound() {
        assertThatThrownBy(() -> Frontier.line().parseArgs("demo", "--fastest"))
                .isInstanceOf(UnmatchedArgumentException.class);
        assertThatThrownBy(() -> Frontier.line().parseArgs("demonstrate"))
                .isInstanceOf(UnmatchedArgumentException.class);
    }

    @Test
    void theFitsThatAreDocumentedAnswerEveryMethodThatTheyName() throws Exception {
        Path losses = folder.resolve("losses.csv");
        Files.writeString(losses, plantedLosses());
        List<String> fits = documents()
                .flatMap(document -> commands(IN_A_BLOCK, document))
                .filter(command -> command.startsWith("fit losses.csv"))
                .toList();
        assertThat(fits).hasSizeGreaterThanOrEqualTo(2);
        for (String command : fits) {
            JsonNode answer = executed(command.replace("losses.csv", losses.toString()));
            String methods = command.replaceFirst(".*--method (\\S+).*", "$1");
            assertThat(answer.fieldNames()).toIterable().contains(methods.split(","));
            assertThat(answer.at("/a3/coefficients/alpha").asDouble()).isBetween(0.3, 0.4);
        }
    }

    private static JsonNode executed(String command) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int status;
        try (PrintStream out = new PrintStream(printed, true, UTF_8)) {
            System.setOut(out);
            status = Frontier.line().execute(command.split("\\s+"));
        } finally {
            System.setOut(before);
        }
        assertThat(status).as("answered, or not identifiable").isIn(0, 3);
        return new ObjectMapper().readTree(printed.toString(UTF_8));
    }

    /** Final losses of Hoffmann's law with known exponents, six sizes at six token counts, and a little noise. */
    private static String plantedLosses() {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("run,N,D,C,loss\n");
        for (double n = 1e6; n < 1e9; n *= 3.5) {
            for (double d = 1e8; d < 1e11; d *= 3.5) {
                double loss = 1.8 + 400 * Math.pow(n, -0.34) + 410 * Math.pow(d, -0.28);
                csv.append(String.format(
                        Locale.ROOT,
                        "%.0f-%.0f,%.6g,%.6g,%.6g,%.6f%n",
                        n,
                        d,
                        n,
                        d,
                        6 * n * d,
                        loss * Math.exp(0.001 * random.nextGaussian())));
            }
        }
        return csv.toString();
    }

    /** Those of the launcher; {@code test} is the start script's own. */
    private static Stream<String> commands(Pattern pattern, String document) {
        try {
            return pattern
                    .matcher(Files.readString(ROOT.resolve(document)))
                    .results()
                    .map(DocumentedCommandsTest::command)
                    .filter(command -> !command.equals("test"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String command(MatchResult found) {
        return found.group(1).strip();
    }

    private static Stream<String> files(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
