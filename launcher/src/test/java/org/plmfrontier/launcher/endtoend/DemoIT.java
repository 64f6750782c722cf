package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's first command, in its fast form, as a user starts it: a process of its own, on real proteins. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void readmesFirstCommandTrainsAStudyAndASecondStartGoesOnWhereItEnded() throws Exception {
        List<String> command = firstCommandOfReadme();
        assertThat(command).containsExactly("./frontier", "demo");

        String first = run(command);
        assertThat(first)
                .contains("losses to beat on its held-out proteins")
                .contains("Has the loss stopped falling?")
                .containsPattern("For a budget of .*:\n  (parameters  |not decided yet: )")
                .contains("stopped;");
        assertThat(first).containsPattern("(a = [0-9.]+ \\[|No frontier: )");
        assertThat(first).doesNotContain("\u001b");
        assertReport();

        String csv = Files.readString(out().resolve("curves.csv"));
        String frontier = Files.readString(out().resolve("frontier.json"));
        String second = run(command);
        assertThat(second).contains("100 %");
        assertThat(Files.readString(out().resolve("curves.csv"))).isEqualTo(csv);
        assertThat(Files.readString(out().resolve("frontier.json")))
                .as("the state rebuilt from the database gives the same frontier to the last digit")
                .isEqualTo(frontier);
    }

    private void assertReport() throws IOException {
        assertThat(Files.readString(out().resolve("report.html")))
                .contains("<html")
                .contains("\"answers\":[{\"study\":\"demo-fast\"")
                .doesNotContain("src=\"http")
                .doesNotContain("href=\"http://127");
        List<String> csv = Files.readAllLines(out().resolve("curves.csv"));
        assertThat(csv.getFirst()).startsWith("run,N,D,C,loss");
        assertThat(csv).hasSizeGreaterThan(100);
        JsonNode frontier =
                new ObjectMapper().readTree(out().resolve("frontier.json").toFile());
        assertThat(frontier.hasNonNull("a") || frontier.hasNonNull("reason")).isTrue();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static List<String> firstCommandOfReadme() throws IOException {
        Matcher block = Pattern.compile("```(?:sh|bash|console)\\n(?:\\$ )?(.*)\\n")
                .matcher(Files.readString(FrontierProcess.ROOT.resolve("README.md")));
        assertThat(block.find()).as("README has a block of commands").isTrue();
        return List.of(block.group(1).replaceFirst("#.*", "").trim().split(" "));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        List<String> full = new ArrayList<>(command);
        full.addAll(List.of(
                "--fast", "--free-ports", "--home", folder.resolve("home").toString(), "--out", out().toString()));
        return FrontierProcess.run(full, folder.resolve("output.txt"), 10);
    }
}
