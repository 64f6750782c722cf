package org.plmfrontier.benchmarks.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hipparchus.stat.regression.SimpleRegression;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * What a study that is over goes on taking in the packaged fitting service: small studies one after another, and the heap
 * that survives a collection after each tenth.
 *
 * <p>Arguments: packaged service ({@code fitting-service/target/quarkus-app/quarkus-run.jar}), studies (default 100), heap
 * of the service (default 300m).
 */
public final class StudyMemory {
    private static final int RUNS = 5;
    private static final int STEPS = 200;
    private static final int EVERY = 10;
    private static final Duration POLL = Duration.ofMillis(200);

    private StudyMemory() {}

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args.length > 0 ? args[0] : "fitting-service/target/quarkus-app/quarkus-run.jar");
        int studies = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        String heap = args.length > 2 ? args[2] : "300m";
        Path home = Files.createTempDirectory("study-memory");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), FreePorts.next(), FreePorts.next());
                LocalPostgres postgres = LocalPostgres.durable(home.resolve("postgres"), FreePorts.next())) {
            postgres.ensureDatabase("fitting");
            SimulatedTrainers.createTopic(kafka.bootstrapServers());
            try (FittingProcess service = FittingProcess.start(
                    jar,
                    heap,
                    kafka.bootstrapServers(),
                    postgres.jdbcUrl("fitting"),
                    FreePorts.next(),
                    home.resolve("fitting.log"))) {
                service.awaitReady();
                run(service, kafka.bootstrapServers(), studies);
            }
        }
        System.exit(0);
    }

    private static void run(FittingProcess service, String servers, int studies) throws Exception {
        System.out.printf(
                "studies of %d runs and %d steps each%n%8s %9s %8s%n", RUNS, STEPS, "studies", "live MiB", "RSS MiB");
        SimpleRegression settled = new SimpleRegression();
        for (int study = 1; study <= studies; study++) {
            try (SimulatedTrainers trainers = new SimulatedTrainers(servers, "study-" + study, RUNS, study)) {
                trainers.plan();
                trainers.slice(0, RUNS, 1, STEPS);
            }
            double events = (double) study * RUNS * (STEPS + 1);
            while (service.metric("plm_events_consumed_total") < events) {
                service.requireAlive();
                Thread.sleep(POLL);
            }
            if (study % EVERY == 0) {
                double live = service.liveHeap();
                if (2 * study > studies) {
                    settled.addData(study, live);
                }
                System.out.printf("%8d %9.1f %8.0f%n", study, live, service.resident());
            }
        }
        System.out.printf("%.2f MiB of heap for each study more in the second half%n", settled.getSlope());
    }
}
