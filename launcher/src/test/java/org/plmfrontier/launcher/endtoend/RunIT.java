package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's second command, as a user starts it, for a budget of seconds: from proteins to an answer. */
class RunIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));

    @TempDir
    Path folder;

    @Test
    void proteinsAndABudgetBecomeAPlanAStudyAndAnAnswer() throws Exception {
        Path file = Files.writeString(
                folder.resolve("study.yaml"), """
                id: of-a-file
                corpus:
                  sources: %s
                  maxLength: 128
                  batchTokens: 2048
                  heldOutSequences: 60
                budget: 12 seconds here
                """.formatted(ROOT.resolve("launcher/demo/proteins.fasta.gz")));
        String printed = run(file.toString());
        assertThat(printed)
                .contains("measuring how fast the trainers are")
                .contains("budget: 12 seconds of 2 devices side by side")
                .contains("sizes: ", "FLOP budgets: 7 from", "recipe: frontier-default", "epochs: at most 4")
                .containsPattern("together [4-7] runs, .* FLOPs, about .* min of one device")
                .containsPattern("For a budget of .*:\n  (parameters  |not decided yet: )");
        JsonNode frontier =
                new ObjectMapper().readTree(folder.resolve("out/frontier.json").toFile());
        assertThat(frontier.hasNonNull("a") || frontier.hasNonNull("reason")).isTrue();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> full = new ArrayList<>(List.of("./frontier", "run"));
        full.addAll(List.of(arguments));
        full.addAll(List.of("--free-ports", "--home", folder.resolve("home").toString()));
        full.addAll(List.of("--out", folder.resolve("out").toString()));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(full)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(8, TimeUnit.MINUTES);
        process.destroy();
        String text = Files.readString(output);
        System.out.println(text);
        assertThat(ended).as("the run ends by itself").isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
