package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./frontier demo --replay}: the recorded study through the real broker, database and services, twice. */
class ReplayIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));

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
        Path output = folder.resolve("output.txt");
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
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroy();
        String text = Files.readString(output);
        System.out.println(text);
        assertThat(ended).as("the replay ends by itself").isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
