package org.plmfrontier.runtime.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JavaScript of one module: sources of the page below {@code src/main/resources/META-INF/resources}, unit tests in
 * {@code src/test/js}. A test that calls one of the methods is skipped, with the reason, where Node or ESLint is missing.
 *
 * @param module the module's folder; {@code package.json}, {@code eslint.config.js} and {@code node_modules} lie in its parent
 */
public record PageScripts(Path module) {
    /** The first version of Node whose test runner has the timers that the tests turn. */
    private static final int OLDEST_NODE = 20;

    private static final Pattern COUNT = Pattern.compile("(?m)^# tests (\\d+)$");

    public PageScripts {
        module = module.toAbsolutePath().normalize();
    }

    /** Runs the unit tests of the module by {@code node --test}. */
    public void passTheirTests() throws IOException, InterruptedException {
        requireNode();
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        command.addAll(testFiles());
        Outcome outcome = run(command);
        assertEquals(0, outcome.status(), outcome.output());
        Matcher count = COUNT.matcher(outcome.output());
        assertTrue(count.find() && Integer.parseInt(count.group(1)) > 0, () -> "no test ran: " + outcome.output());
    }

    /** Runs ESLint over the sources and the tests of the module; a warning is an error. */
    public void passTheLinter() throws IOException, InterruptedException {
        requireNode();
        Path eslint = root().resolve("node_modules/eslint/bin/eslint.js");
        assumeTrue(Files.exists(eslint), "ESLint is not installed, so the scripts are not linted: npm ci");
        Outcome outcome =
                run(List.of("node", eslint.toString(), "--max-warnings", "0", root().relativize(module) + "/src"));
        assertEquals(0, outcome.status(), outcome.output());
    }

    private Path root() {
        return module.getParent();
    }

    /** Named one by one, since versions of Node differ in what they take a folder for. */
    private List<String> testFiles() throws IOException {
        try (Stream<Path> files = Files.list(module.resolve("src/test/js"))) {
            return files.filter(file -> file.toString().endsWith(".test.js"))
                    .map(file -> root().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Skips the calling test, with the reason, where Node is missing or too old. */
    void requireNode() throws IOException, InterruptedException {
        String version;
        try {
            version = run(List.of("node", "--version")).output().strip();
        } catch (IOException e) {
            version = "";
        }
        assumeTrue(!version.isEmpty(), "Node is not installed, so the scripts of the pages are not tested");
        int major = Integer.parseInt(version.replaceFirst("v(\\d+).*", "$1"));
        assumeTrue(
                major >= OLDEST_NODE,
                "Node " + version + " is older than " + OLDEST_NODE + ", so the scripts are not tested");
    }

    private record Outcome(int status, String output) {}

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(root().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
