package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./frontier demo --replay}: the recorded study through the real broker, database and services, twice. */
class ReplayIT {
    @TempDir
    Path folder;

    @Test
    void theRecordedStudyHasAnAnswerAndASecondReplayStartsAnew() throws Exception {
        String first = replay();
        assertThat(first)
                .contains("replaying cpu-ladder, a recorded study of 6 runs")
                .contains("100 %")
                .contains("the next doubling will lower it by")
                .containsPattern("For a budget of .*:\n  (parameters  |not decided yet: )")
                .contains("stopped; the same command begins anew");
        String curves = Files.readString(folder.resolve("out/curves.csv"));
        assertThat(curves.lines()).hasSizeGreaterThan(2_000);
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("\"study\":\"cpu-ladder\"");
        String frontier = Files.readString(folder.resolve("out/frontier.json"));

        replay();
        assertThat(Files.readString(folder.resolve("out/curves.csv"))).isEqualTo(curves);
        assertThat(Files.readString(folder.resolve("out/frontier.json"))).isEqualTo(frontier);
    }

    private String replay() throws IOException, InterruptedException {
        List<String> command = List.of(
                "./frontier",
                "demo",
                "--replay",
                "--seconds",
                "10",
                "--free-ports",
                "--home",
                folder.resolve("home").toString(),
                "--out",
                folder.resolve("out").toString());
        return FrontierProcess.run(command, folder.resolve("output.txt"), 10);
    }
}
