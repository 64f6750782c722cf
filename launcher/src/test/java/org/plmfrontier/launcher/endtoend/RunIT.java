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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's second command, as a user starts it, for a budget of seconds: from proteins to an answer. */
class RunIT {
    @TempDir
    Path folder;

    @Test
    void proteinsAndABudgetBecomeAPlanAStudyAndAnAnswer() throws Exception {
        Path file = Files.writeString(folder.resolve("study.yaml"), """
                id: of-a-file
                corpus:
                  sources: %s
                  maxLength: 128
                  batchTokens: 2048
                  heldOutSequences: 60
                budget: 12 seconds here
                """.formatted(
                        FrontierProcess.ROOT.resolve("launcher/demo/proteins.fasta.gz")));
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

    /** What is left of the paper's eight sizes, and its four budgets, at a hundred-millionth of their FLOPs: a few minutes. */
    @Test
    @Tag("operations")
    void thePapersStudyScaledDownRunsToItsEndAndItsTablesStandBesideWhatWasFound() throws Exception {
        String printed = run(
                FrontierProcess.ROOT.resolve("launcher/demo/proteins.fasta.gz").toString(),
                "--preset",
                "serrano-2024",
                "--scale",
                "1e-8",
                "--study",
                "serrano-scaled");
        assertThat(printed)
                .contains("Serrano, Ciudad, Molina 2024: the eight sizes of Table 4 on the token counts of Table 3")
                .contains("so small, 6 of its 8 sizes are left")
                .contains("together 6 runs")
                .contains("Has the loss stopped falling?")
                .containsPattern("For a budget of .*:\n  (parameters  |not decided yet: )")
                .doesNotContain("null")
                .doesNotContain("NaN");
        JsonNode report = embedded(Files.readString(folder.resolve("out/report.html")));
        JsonNode paper = report.path("papers").path(0);
        assertThat(paper.path("paper").asText()).isEqualTo("serrano-2024");
        assertThat(paper.path("caveats")).isNotEmpty();
        List<String> places = new ArrayList<>();
        for (JsonNode row : paper.path("rows")) {
            places.add(row.path("place").asText());
            long said = Stream.of("here", "words", "reason")
                    .filter(field -> row.hasNonNull(field))
                    .count();
            assertThat(said).as(row.toString()).isEqualTo(1);
            System.out.println(row);
        }
        assertThat(places)
                .contains("Table 1, Eq. 1", "Table 2", "Table 3", "Table 4", "Table 5", "Table 6")
                .contains("Figures 1 and 2", "Figure 3", "Section 3.1", "Section 3.3");
        assertThat(words(paper, "Table 3")).isEqualTo("6.500e+05, 7.475e+05, 9.750e+05, 2.080e+06");
        assertThat(words(paper, "Section 3.3")).matches("[0-9.]+ .*nats.*");
        List<String> curves = Files.readAllLines(folder.resolve("out/curves.csv"));
        assertThat(curves.stream().skip(1).map(line -> line.split(",")[0]).distinct())
                .hasSize(6);
    }

    private static String words(JsonNode paper, String place) {
        return paper.path("rows")
                .valueStream()
                .filter(row -> row.path("place").asText().equals(place))
                .findFirst()
                .orElseThrow()
                .path("words")
                .asText();
    }

    /** What a report holds beside its page. */
    private static JsonNode embedded(String report) throws IOException {
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(report);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> full = new ArrayList<>(List.of("./frontier", "run"));
        full.addAll(List.of(arguments));
        full.addAll(List.of("--free-ports", "--home", folder.resolve("home").toString()));
        full.addAll(List.of("--out", folder.resolve("out").toString()));
        return FrontierProcess.run(full, folder.resolve("output.txt"), 20);
    }
}
