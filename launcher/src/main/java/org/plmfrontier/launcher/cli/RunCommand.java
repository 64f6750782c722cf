package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.PlanLines;
import org.plmfrontier.launcher.screen.StudyFollower;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.study.StudyWatch;
import org.plmfrontier.launcher.studyfile.StudyFile;
import org.plmfrontier.launcher.suite.Addresses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier run}: from a FASTA file and a budget, or a study file, to the answer. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a suite where none runs in the home folder, builds the corpus, plans a study for the budget, trains it and"
                    + " prints its answer.",
            "Exit status 0: it is over; 2: the file or an option can't be taken; 1: anything else."
        })
final class RunCommand implements Callable<Integer> {
    private static final String USUAL_BUDGET = "20m";

    @Mixin
    SuiteArguments arguments = new SuiteArguments();

    @Parameters(index = "0", paramLabel = "FASTA|STUDY.yaml", description = "proteins, or a study file")
    Path target = Path.of("");

    @Option(
            names = "--budget",
            description = "what the study may take, as 20m, '2 gpu-hours on H100' or '1e15 FLOPs' (default: "
                    + USUAL_BUDGET + ")")
    @Nullable
    String budget;

    @Option(names = "--family", description = "esm2, causal, lstm, modern or modern-causal (default: esm2)")
    @Nullable
    String family;

    @Option(names = "--sizes", description = "sizes as 5M..650M,8 (default: chosen for the budget)")
    @Nullable
    String sizes;

    @Option(
            names = "--preset",
            description = "a published study in place of a budget: serrano-2024, serrano-2024-decay, cheng-2024-mlm,"
                    + " cheng-2024-clm or chinchilla")
    @Nullable
    String preset;

    @Option(names = "--scale", description = "the preset's FLOPs times this, as 1e-6 (default: 1)")
    @Nullable
    Double scale;

    @Option(names = "--study", description = "id of the study (default: follows from the rest)")
    @Nullable
    String study;

    @Option(names = "--out", description = "folder of the report (default: out in the project)")
    @Nullable
    Path out;

    @Option(names = "--plan", description = "only print what would be trained, and why")
    boolean planOnly;

    @Option(names = "--stay", description = "keep serving the page when the study is over (default on a terminal)")
    boolean stay;

    private final Terminal terminal = SuiteArguments.terminal();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return StudyStart.orProblems(() -> {
            StudyFile file = file();
            Path home = arguments.options().home();
            Optional<String> dataset = Addresses.read(home, "dataset");
            Optional<String> fitting = Addresses.read(home, "fitting");
            if (dataset.isPresent() && fitting.isPresent()) {
                terminal.line("a suite runs in " + home + "; the study goes there");
                train(file, dataset.get(), fitting.get(), () -> {});
                return;
            }
            try (RunningSuite running = RunningSuite.start(arguments.options(), terminal)) {
                String page = running.suite().fittingAddress();
                train(file, running.suite().datasetAddress(), page, running.suite()::requireAlive);
                if (!planOnly && (stay || terminal.isInteractive())) {
                    terminal.line("the live page stays at " + page + "; Ctrl-C stops everything");
                    Thread.currentThread().join();
                }
            }
        });
    }

    private void train(StudyFile file, String datasetAddress, String fittingAddress, Alive suite)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(datasetAddress).expecting("dataset-service");
                RestClient fitting = new RestClient(fittingAddress).expecting("fitting-service")) {
            StudyStart start = new StudyStart(dataset, file, terminal);
            PlanLines.of(start.plan()).forEach(terminal::line);
            if (planOnly) {
                return;
            }
            String id = start.submit().path("id").asText();
            terminal.line("live page: " + fittingAddress + "/#" + id);
            StudyFollower follower = new StudyFollower(terminal, Clock.systemUTC());
            StudyView result = new StudyWatch(fitting).follow(id, view -> {
                suite.require();
                follower.look(view);
            });
            terminal.keepLive();
            StudyResult end = new StudyResult(fitting, terminal);
            end.print(result);
            end.write(id, out != null ? out : SuiteArguments.root().resolve("out"));
        }
    }

    /** Whether the processes of a suite still live. */
    @FunctionalInterface
    private interface Alive {
        void require() throws IOException;
    }

    private StudyFile file() throws IOException {
        String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean described = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        StudyFile read;
        if (described) {
            read = StudyFile.read(target);
        } else {
            ObjectNode content = JsonNodeFactory.instance.objectNode().put("corpus", target.toString());
            if (preset == null || budget != null) {
                content.put("budget", budget == null ? USUAL_BUDGET : budget);
            }
            put(content, "preset", preset);
            if (scale != null) {
                content.put("scale", scale);
            }
            put(content, "family", family);
            put(content, "sizes", sizes);
            put(content, "id", study);
            read = StudyFile.of(Path.of("options"), content);
        }
        return read.withDefault("devices", JsonNodeFactory.instance.numberNode(Math.max(1, arguments.trainers)));
    }

    private static void put(ObjectNode content, String field, @Nullable String value) {
        if (value != null) {
            content.put(field, value);
        }
    }
}
