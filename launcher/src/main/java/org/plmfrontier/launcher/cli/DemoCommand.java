package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.CorpusLines;
import org.plmfrontier.launcher.screen.StudyFollower;
import org.plmfrontier.launcher.screen.Terminal;
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
                RestClient dataset = new RestClient(running.suite().datasetAddress()).expecting("dataset-service");
                RestClient fitting = new RestClient(running.suite().fittingAddress()).expecting("fitting-service")) {
            Suite suite = running.suite();
            terminal.line("live page: " + suite.fittingAddress() + "/#" + study.id());
            StudyView result = train(suite, new StudyDriver(dataset, fitting), study);
            StudyResult end = new StudyResult(fitting, terminal);
            end.print(result);
            end.write(study.id(), out != null ? out : SuiteArguments.root().resolve("out"));
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
        CorpusLines.ready(corpus).forEach(terminal::line);
        driver.submit(study, corpus.get("id").asText());
        StudyFollower follower = new StudyFollower(terminal, Clock.systemUTC());
        StudyView result = driver.watch().follow(study.id(), view -> {
            suite.requireAlive();
            follower.look(view);
        });
        terminal.keepLive();
        return result;
    }
}
