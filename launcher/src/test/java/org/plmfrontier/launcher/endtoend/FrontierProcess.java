package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The start script as a user calls it, in a process of its own. */
final class FrontierProcess {
    static final Path ROOT = Path.of(System.getProperty("frontier.root"));

    private FrontierProcess() {}

    /**
     * Runs a command that ends by itself with status 0, within so many minutes.
     *
     * @param output file for what it prints
     * @return what it printed
     */
    static String run(List<String> command, Path output, int minutes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        process.destroy();
        String text = Files.readString(output);
        System.out.println(text);
        assertThat(ended).as("%s ends by itself", command).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
