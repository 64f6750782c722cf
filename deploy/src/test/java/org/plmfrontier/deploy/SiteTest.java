package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site that {@code npm run docs} makes of the documentation: {@code src/test/js/site.test.js} builds and reads it. */
class SiteTest {
    private static final Pattern COUNT = Pattern.compile("(?m)^# tests (\\d+)$");

    @Test
    void isBuiltAndEveryLinkLeadsSomewhere() {
        requireInstalled("@11ty/eleventy/cmd.cjs");
        Tool.Outcome outcome = node("--test", "--test-reporter=tap", "deploy/src/test/js/site.test.js");
        assertThat(outcome.status()).as(outcome.output()).isZero();
        Matcher count = COUNT.matcher(outcome.output());
        assertThat(count.find() && Integer.parseInt(count.group(1)) > 0)
                .as("no test ran: %s", outcome.output())
                .isTrue();
    }

    @Test
    void scriptsPassTheLinter() {
        requireInstalled("eslint/bin/eslint.js");
        Tool.Outcome outcome =
                node("node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "docs/site", "deploy/src/test/js");
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    private static void requireInstalled(String program) {
        Tool.require("node", "the site of the documentation is not built");
        Path installed = Project.ROOT.resolve("node_modules").resolve(program);
        assumeTrue(Files.exists(installed), installed + " is not there, so the site is not built: npm ci");
    }

    private static Tool.Outcome node(String... arguments) {
        return Tool.run(
                Project.ROOT,
                Stream.concat(Stream.of("node"), Arrays.stream(arguments)).toList());
    }
}
