package org.plmfrontier.launcher.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.OptionalDouble;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.AnswerLines;
import org.plmfrontier.launcher.screen.StudyFollower;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.study.Answers;
import org.plmfrontier.launcher.study.StudyWatch;
import picocli.CommandLine.Option;

/** Options of commands that watch a study. */
final class WatchArguments {
    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service (default: ${DEFAULT-VALUE})")
    String fitting = "";

    /**
     * Shows a study that the fitting service knows until it is over, then its answer.
     *
     * @throws org.plmfrontier.launcher.rest.RefusedException where it knows none of that id
     */
    void watchKnown(String study) throws IOException, InterruptedException {
        try (RestClient client = new RestClient(fitting).expecting("fitting-service")) {
            client.get("/studies/" + study);
        }
        watch(study);
    }

    /** Shows a study that was just submitted until it is over, then its answer. */
    void watch(String study) throws IOException, InterruptedException {
        Terminal terminal = SuiteArguments.terminal();
        try (RestClient client = new RestClient(fitting).expecting("fitting-service")) {
            StudyFollower follower = new StudyFollower(terminal, Clock.systemUTC());
            new StudyWatch(client).follow(study, follower::look);
            terminal.keepLive();
            AnswerLines.of(Answers.ofAll(client, study, OptionalDouble.empty())).forEach(terminal::line);
        }
    }
}
