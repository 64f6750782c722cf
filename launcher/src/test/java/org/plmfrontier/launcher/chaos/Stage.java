package org.plmfrontier.launcher.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.launcher.endtoend.EventLog;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.study.DemoStudy;
import org.plmfrontier.launcher.study.StudyDriver;
import org.plmfrontier.launcher.suite.Ports;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.launcher.suite.SuiteOptions;
import org.plmfrontier.stack.kafka.KafkaProcess;

/** A suite of processes, the broker among them, that notices within seconds when a trainer is gone. */
final class Stage implements AutoCloseable {
    /** After so long without a heartbeat a trainer has lost its partitions. */
    static final Duration SESSION = Duration.ofSeconds(3);

    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final Path PROTEINS = ROOT.resolve("launcher/demo/proteins.fasta.gz");
    private static final int PARTITIONS = 4;

    /** The broker lets sessions be as short and ends what a killed trainer left open soon. */
    private static final Map<String, String> BROKER = Map.of(
            "group.min.session.timeout.ms",
            "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            "1000");

    /** The heap of all small processes, whole from the start. */
    private static final List<String> RESIDENT_HEAP = Stream.concat(
                    SuiteOptions.SMALL_JVM.stream(), Stream.of("-Xms300m", "-XX:+AlwaysPreTouch"))
            .toList();

    private final Path home;
    private final Suite suite;
    private final KafkaProcess broker;
    private final RestClient dataset;
    private final RestClient fitting;
    private final StudyDriver driver;
    private @Nullable String corpus;

    private Stage(Path home, Suite suite, KafkaProcess broker) {
        this.home = home;
        this.suite = suite;
        this.broker = broker;
        this.dataset = new RestClient(suite.datasetAddress());
        this.fitting = new RestClient(suite.fittingAddress());
        this.driver = new StudyDriver(dataset, fitting);
    }

    /** Starts everything but trainers. */
    static Stage start(Path home) throws IOException, InterruptedException {
        return start(home, (port, controller) -> Map.of());
    }

    /** The same with heaps that are resident from the start, so that memory that grows is none of theirs. */
    static Stage startWithResidentHeaps(Path home) throws IOException, InterruptedException {
        return start(home, (port, controller) -> Map.of(), RESIDENT_HEAP);
    }

    /**
     * Starts everything but trainers.
     *
     * @param settings of the broker beyond those of all stages, by its port and its controller's
     */
    static Stage start(Path home, BiFunction<Integer, Integer, Map<String, String>> settings)
            throws IOException, InterruptedException {
        return start(home, settings, SuiteOptions.SMALL_JVM);
    }

    private static Stage start(Path home, BiFunction<Integer, Integer, Map<String, String>> settings, List<String> jvm)
            throws IOException, InterruptedException {
        AtomicReference<@Nullable KafkaProcess> broker = new AtomicReference<>();
        SuiteOptions options = new SuiteOptions(
                ROOT,
                home,
                Ports.free(),
                new SuiteOptions.Trainers(0, PARTITIONS),
                new SuiteOptions.Services(
                        jvm, Map.of("FITTING_REFIT_INTERVAL", "30s", "FITTING_REFIT_RESAMPLES", "20")));
        Suite suite = Suite.start(
                options,
                (folder, port, controller) -> {
                    Map<String, String> all = new HashMap<>(BROKER);
                    all.putAll(settings.apply(port, controller));
                    KafkaProcess process = KafkaProcess.start(folder, port, controller, all);
                    broker.set(process);
                    return process;
                },
                System.out::println,
                beginning -> {});
        return new Stage(home, suite, Objects.requireNonNull(broker.get()));
    }

    /** Runs of four sizes whose slices take about a second. */
    DemoStudy study(String id) {
        return new DemoStudy(
                id,
                List.of(
                        ModelShape.esm2(2, 32, 2),
                        ModelShape.esm2(2, 48, 3),
                        ModelShape.esm2(1, 64, 4),
                        ModelShape.esm2(2, 64, 4)),
                DemoStudy.Budgets.tokens(List.of(1.2e5, 4.8e5)),
                new DemoStudy.Rate(4e-3, 2e4),
                new DemoStudy.Proteins(128, 2048, 60),
                List.of(1L));
    }

    /** Two small runs. */
    DemoStudy shortStudy(String id) {
        return new DemoStudy(
                id,
                List.of(ModelShape.esm2(2, 48, 3), ModelShape.esm2(2, 64, 4)),
                DemoStudy.Budgets.tokens(List.of(6e4, 2.4e5)),
                new DemoStudy.Rate(4e-3, 2e4),
                new DemoStudy.Proteins(128, 2048, 60),
                List.of(1L));
    }

    /** Reads the corpus where that was not done yet, and hands the study in. */
    void submit(DemoStudy study) throws IOException, InterruptedException {
        if (corpus == null) {
            corpus = driver.corpus(study, PROTEINS, look -> {}).get("id").asText();
        }
        driver.submit(study, corpus);
    }

    /** Where trainers share the classes that one of them has read. */
    Path classes() {
        return home.resolve("trainer.jsa");
    }

    /** What does the faults to this stage. */
    Injector injector(Crew crew, Random random, FaultTable table) throws IOException {
        return new Injector(crew, broker, checkpoints(), SESSION, random, table);
    }

    Suite suite() {
        return suite;
    }

    KafkaProcess broker() {
        return broker;
    }

    RestClient dataset() {
        return dataset;
    }

    RestClient fitting() {
        return fitting;
    }

    StudyDriver driver() {
        return driver;
    }

    Path checkpoints() {
        return home.resolve("data/checkpoints");
    }

    EventLog events() throws UndecodableException {
        return EventLog.read(broker.bootstrapServers());
    }

    @Override
    public void close() throws IOException {
        dataset.close();
        fitting.close();
        suite.close();
    }
}
