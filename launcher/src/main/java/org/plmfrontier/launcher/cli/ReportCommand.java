package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.report.ReportWriter;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier report [STUDY]}: writes the report of a study of a running suite. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes report.html, curves.csv and frontier.json of a study of a running suite.")
final class ReportCommand implements Callable<Integer> {
    @Mixin
    FittingArguments arguments = new FittingArguments();

    @Option(names = "--out", defaultValue = "out", description = "folder (default: ${DEFAULT-VALUE})")
    Path out = Path.of("out");

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(arguments.address).expecting("fitting-service")) {
            new ReportWriter(fitting).write(arguments.study, out);
        }
        System.out.println("written: " + out.resolve("report.html") + ", curves.csv, frontier.json");
        return 0;
    }
}
