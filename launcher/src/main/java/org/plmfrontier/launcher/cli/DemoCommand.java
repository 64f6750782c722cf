package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.report.ReportWriter;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.AnswerLines;
import org.plmfrontier.launcher.screen.Quantities;
import org.plmfrontier.launcher.screen.ResultTables;
import org.plmfrontier.launcher.screen.StudyFollower;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.study.Answers;
import org.plmfrontier.launcher.study.Comparisons;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.suite.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier demo}: a real study on real proteins, from the FASTA file to the frontier. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Trains a small study on real proteins and shows its frontier while it forms.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    SuiteArguments arguments = new SuiteArguments();

    @Option(names = "--fast", description = "three tiny models, about a minute")
    boolean fast;

    @Option(names = "--out", description = "folder of the report (default: out in the project)")
    @Nullable
    Path out;

    @Option(names = "--stay", description = "keep serving the page when the study is over (default on a terminal)")
    boolean stay;

    private final Terminal terminal = SuiteArguments.terminal();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoStudy study = fast ? DemoStudy.fast() : DemoStudy.full();
        try (RunningSuite running = RunningSuite.start(arguments.options(), terminal);
                RestClient dataset = new RestClient(running.suite().datasetAddress());
                RestClient fitting = new RestClient(running.suite().fittingAddress())) {
            Suite suite = running.suite();
            terminal.line("live page: " + suite.fittingAddress() + "/#" + study.id());
            StudyView result = train(suite, new StudyDriver(dataset, fitting), study);
            print(fitting, result);
            Path folder = out != null ? out : SuiteArguments.root().resolve("out");
            new ReportWriter(fitting).write(study.id(), folder);
            terminal.line("written: " + folder.resolve("report.html") + ", curves.csv, frontier.json");
            if (stay || terminal.isInteractive()) {
                terminal.line("the live page stays at " + suite.fittingAddress() + "; Ctrl-C stops everything");
                Thread.currentThread().join();
            }
        }
        return 0;
    }

    private StudyView train(Suite suite, StudyDriver driver, DemoStudy study) throws IOException, InterruptedException {
        Path fasta = SuiteArguments.root().resolve("launcher/demo/proteins.fasta.gz");
        JsonNode corpus =
                driver.corpus(study, fasta, look -> terminal.live(List.of("reading " + fasta.getFileName() + " ...")));
        describe(corpus);
        driver.submit(study, corpus.get("id").asText());
        StudyFollower follower = new StudyFollower(terminal, Clock.systemUTC());
        StudyView result = driver.follow(study.id(), view -> {
            suite.requireAlive();
            follower.look(view);
        });
        terminal.keepLive();
        return result;
    }

    private void describe(JsonNode corpus) {
        JsonNode manifest = corpus.get("manifest");
        terminal.line(String.format(
                "corpus %s: %s tokens in %s batches; losses to beat on its held-out proteins %s",
                corpus.get("id").asText(),
                Quantities.si(manifest.get("tokens").asDouble()),
                manifest.get("records").asText(),
                Comparisons.ofMasked(manifest.get("references"))));
    }

    private void print(RestClient fitting, StudyView study) throws IOException, InterruptedException {
        terminal.line("");
        ResultTables.exponents(fitting.get("/studies/" + study.id() + "/families"))
                .forEach(terminal::line);
        terminal.line("");
        ResultTables.frontier(fitting.get("/studies/" + study.id() + "/frontier"))
                .forEach(terminal::line);
        terminal.line("");
        ResultTables.plateau(study).forEach(terminal::line);
        terminal.line("");
        AnswerLines.of(Answers.ofAll(fitting, study.id(), OptionalDouble.empty()))
                .forEach(terminal::line);
    }
}
