package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.PlanLines;
import org.plmfrontier.launcher.screen.StudyLines;
import org.plmfrontier.launcher.studyfile.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier study}: studies of a running suite, from the file that describes one to its end. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Plans, starts, watches, changes and lists studies of a running suite.")
final class StudyCommand implements Runnable {
    private static final String BY = "frontier";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void run() {
        picocli.CommandLine.usage(this, System.out);
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = "Prints what a study file would train, its cost and why; builds its corpus, trains nothing."
                    + " Exit status 2: the file can't be taken, each problem with its line.")
    int plan(
            @Mixin DatasetArguments arguments,
            @Mixin OutputFormat format,
            @Parameters(paramLabel = "STUDY.yaml", description = "study file") Path file)
            throws IOException, InterruptedException {
        return StudyStart.orProblems(() -> {
            try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
                JsonNode plan = new StudyStart(dataset, StudyFile.read(file), SuiteArguments.messages()).plan();
                format.print(plan, PlanLines.of(plan));
            }
        });
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the plan of a study file and starts it. The same file again is the same study. Exit status"
                            + " 2: the file can't be taken, each problem with its line.")
    int start(
            @Mixin DatasetArguments arguments,
            @Mixin WatchArguments watching,
            @Option(names = "--watch", description = "stay until the study is over, and print its answer")
                    boolean watch,
            @Parameters(paramLabel = "STUDY.yaml", description = "study file") Path file)
            throws IOException, InterruptedException {
        return StudyStart.orProblems(() -> {
            try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
                StudyStart start = new StudyStart(dataset, StudyFile.read(file), SuiteArguments.terminal());
                PlanLines.of(start.plan()).forEach(System.out::println);
                String id = start.submit().path("id").asText();
                System.out.println("study " + id + " has begun: " + watching.fitting + "/#" + id);
                if (watch) {
                    watching.watch(id);
                }
            }
        });
    }

    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description = "Shows a study until it is over, then its answer.")
    int watch(@Mixin WatchArguments watching, @Parameters(paramLabel = "STUDY", description = "study id") String study)
            throws IOException, InterruptedException {
        watching.watchKnown(study);
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the studies of a suite, oldest first.")
    int list(@Mixin DatasetArguments arguments, @Mixin OutputFormat format) throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            JsonNode studies = dataset.get("/studies");
            format.print(studies, StudyLines.of(studies));
        }
        return 0;
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stops every run of a study that is not over; study resume goes on with them.")
    int stop(
            @Mixin DatasetArguments arguments,
            @Option(names = "--reason", defaultValue = "stopped by hand", description = "kept with the runs")
                    String reason,
            @Parameters(paramLabel = "STUDY", description = "study id") String study)
            throws IOException, InterruptedException {
        return command(arguments, study, "STOP", reason);
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on with every stopped run of a study.")
    int resume(
            @Mixin DatasetArguments arguments,
            @Option(names = "--reason", defaultValue = "resumed by hand", description = "kept with the runs")
                    String reason,
            @Parameters(paramLabel = "STUDY", description = "study id") String study)
            throws IOException, InterruptedException {
        return command(arguments, study, "RESUME", reason);
    }

    @Command(
            name = "extend",
            mixinStandardHelpOptions = true,
            description = "Gives a study larger budgets or further shapes; its runs go on from where they ended.")
    int extend(
            @Mixin DatasetArguments arguments,
            @Option(
                            names = "--budgets",
                            split = ",",
                            paramLabel = "AMOUNT",
                            description = "further budgets in the unit of the study's own, as 40M,80M")
                    @Nullable
                    List<String> budgets,
            @Option(
                            names = "--shapes",
                            split = ",",
                            paramLabel = "NAME",
                            description = "further shapes by name, as 50M,100M")
                    @Nullable
                    List<String> shapes,
            @Parameters(paramLabel = "STUDY", description = "study id") String study)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            JsonNode known = dataset.get("/studies/" + study);
            ObjectNode request = JSON.createObjectNode();
            if (budgets != null) {
                request.set(StudyLines.budgetField(known), JSON.valueToTree(budgets));
            }
            if (shapes != null) {
                request.set("shapes", JSON.valueToTree(shapes));
            }
            JsonNode extended = dataset.post("/studies/" + study + "/extend", request);
            StudyLines.of(JSON.createArrayNode().add(extended)).forEach(System.out::println);
        }
        return 0;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description =
                    "Deletes a study with its runs, checkpoints and curves, after asking. Predictions that were sealed stay on their topic.")
    int delete(
            @Mixin DatasetArguments arguments,
            @Option(names = "--yes", description = "do not ask") boolean yes,
            @Parameters(paramLabel = "STUDY", description = "study id") String study)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            JsonNode known = dataset.get("/studies/" + study);
            String what =
                    "study " + study + ", its " + known.path("runs").size() + " runs, their checkpoints and curves";
            if (!yes && !Confirmation.given("delete " + what + "?")) {
                System.err.println("frontier: nothing is deleted; --yes deletes without asking");
                return 1;
            }
            dataset.delete("/studies/" + study);
            System.out.println("deleted: " + what);
        }
        return 0;
    }

    private static int command(DatasetArguments arguments, String study, String action, String reason)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            Map<String, String> request = Map.of("action", action, "reason", reason, "by", BY);
            List<String> runs = new ArrayList<>();
            dataset.post("/studies/" + study + "/commands", request)
                    .forEach(command -> runs.add(command.path("runId").asText()));
            System.out.println((action.equals("STOP") ? "stopped: " : "resumed: ") + String.join(", ", runs));
        }
        return 0;
    }
}
