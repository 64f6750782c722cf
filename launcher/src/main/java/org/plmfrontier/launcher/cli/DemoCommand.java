package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.wire.StudyRecording;
import org.plmfrontier.launcher.recording.RecordingPlayer;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.CorpusLines;
import org.plmfrontier.launcher.screen.StudyFollower;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.study.StudyView;
import org.plmfrontier.launcher.study.StudyWatch;
import org.plmfrontier.launcher.suite.FreshHome;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;
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

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "of the split of the proteins, of weights and masks (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--replay",
            arity = "0..1",
            fallbackValue = SHIPPED,
            paramLabel = "FILE",
            description =
                    "trains nothing: plays a recorded study through broker, database and fitting service in about a minute"
                            + " (default: the one in launcher/demo, which took an hour; others by ./frontier record)")
    @Nullable
    Path replay;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "how long a replay takes (default: ${DEFAULT-VALUE})")
    int seconds;

    @Option(names = "--out", description = "folder of the report (default: out in the project)")
    @Nullable
    Path out;

    @Option(names = "--stay", description = "keep serving the page when the study is over (default on a terminal)")
    boolean stay;

    /** The recording in launcher/demo. */
    private static final String SHIPPED = "launcher/demo/cpu-ladder.jsonl.gz";

    private final Terminal terminal = SuiteArguments.terminal();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return replay == null ? train() : replay(replay);
    }

    private Integer train() throws IOException, InterruptedException {
        DemoStudy study = (fast ? DemoStudy.fast() : DemoStudy.full()).withSeed(seed);
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

    private Integer replay(Path file) throws IOException, InterruptedException {
        Path source = file.toString().equals(SHIPPED)
                ? SuiteArguments.root().resolve(file)
                : SuiteArguments.userFolder().resolve(file);
        StudyRecording recording = StudyRecording.read(source);
        String study = recording.header().study();
        SuiteOptions options = SuiteArguments.replaying(arguments.options());
        FreshHome.prepare(options.home());
        try (RunningSuite running = RunningSuite.start(options, terminal, "the same command begins anew");
                RestClient fitting = new RestClient(running.suite().fittingAddress()).expecting("fitting-service")) {
            Suite suite = running.suite();
            terminal.line("live page: " + suite.fittingAddress() + "/#" + study);
            terminal.line("replaying " + study + ", a recorded study of " + recording.runs() + " runs"
                    + (recording.header().note().isEmpty()
                            ? ""
                            : ": " + recording.header().note()));
            StudyView result = play(suite, recording, new StudyWatch(fitting));
            StudyResult end = new StudyResult(fitting, terminal);
            end.print(result);
            end.write(study, out != null ? out : SuiteArguments.root().resolve("out"));
            if (stay || terminal.isInteractive()) {
                terminal.line("the live page stays at " + suite.fittingAddress() + "; Ctrl-C stops everything");
                Thread.currentThread().join();
            }
        }
        return 0;
    }

    private StudyView play(Suite suite, StudyRecording recording, StudyWatch watch)
            throws IOException, InterruptedException {
        StudyFollower follower = new StudyFollower(terminal, Clock.systemUTC());
        CompletableFuture<Void> playing = new CompletableFuture<>();
        Thread.ofVirtual().name("replay").start(() -> {
            try (RecordingPlayer player = new RecordingPlayer(Map.of("bootstrap.servers", suite.bootstrapServers()))) {
                player.play(recording, Duration.ofSeconds(seconds));
                playing.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                playing.completeExceptionally(e);
            }
        });
        StudyView result = watch.follow(recording.header().study(), view -> playing.isDone(), view -> {
            suite.requireAlive();
            if (playing.isCompletedExceptionally()) {
                throw new IOException(
                        "the replay stopped: " + playing.exceptionNow().getMessage());
            }
            follower.look(view);
        });
        terminal.keepLive();
        return result;
    }
}
