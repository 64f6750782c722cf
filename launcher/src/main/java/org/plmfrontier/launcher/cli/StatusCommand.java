package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.AnswerLines;
import org.plmfrontier.launcher.screen.ResultTables;
import org.plmfrontier.launcher.screen.StudyScreen;
import org.plmfrontier.launcher.study.Answers;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.study.TrainingTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier status [STUDY]}: runs, frontier and verdicts of a running suite, once. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Prints runs, frontier and plateau verdicts of a study of a running suite.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    FittingArguments arguments = new FittingArguments();

    @Option(
            names = "--dataset",
            defaultValue = "http://127.0.0.1:8081",
            description =
                    "address of the dataset service, which knows when the study began (default: ${DEFAULT-VALUE})")
    String dataset = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(arguments.address).expecting("fitting-service")) {
            String path = "/studies/" + arguments.study;
            StudyView study = StudyView.of(fitting.get(path));
            StudyScreen.lines(study, elapsed(path), OptionalDouble.empty()).forEach(System.out::println);
            ResultTables.exponents(fitting.get(path + "/families")).forEach(System.out::println);
            ResultTables.frontier(fitting.get(path + "/frontier")).forEach(System.out::println);
            ResultTables.plateau(study).forEach(System.out::println);
            if (study.isOver()) {
                AnswerLines.of(Answers.ofAll(fitting, arguments.study, OptionalDouble.empty()))
                        .forEach(System.out::println);
            }
        }
        return 0;
    }

    /** Imported studies have no beginning, and a suite that is only watched may have no dataset service. */
    private Optional<Duration> elapsed(String path) throws InterruptedException {
        try (RestClient client = new RestClient(dataset)) {
            JsonNode known = client.get(path);
            if (known.hasNonNull("problem")) {
                System.out.println(known.get("problem").asText());
            }
            return Optional.of(TrainingTime.of(known, Instant.now()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
