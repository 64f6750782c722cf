package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.ResultTables;
import org.plmfrontier.launcher.screen.StudyScreen;
import org.plmfrontier.launcher.study.StudyView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./frontier status [STUDY]}: runs, frontier and verdicts of a running suite, once. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Prints runs, frontier and plateau verdicts of a study of a running suite.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    FittingArguments arguments = new FittingArguments();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(arguments.address)) {
            String path = "/studies/" + arguments.study;
            StudyView study = StudyView.of(fitting.get(path));
            StudyScreen.lines(study, Duration.ZERO, OptionalDouble.empty()).forEach(System.out::println);
            ResultTables.exponents(fitting.get(path + "/families")).forEach(System.out::println);
            ResultTables.frontier(fitting.get(path + "/frontier")).forEach(System.out::println);
            ResultTables.plateau(study).forEach(System.out::println);
        }
        return 0;
    }
}
