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
 * that survives a collection after each tenth; then how long the service takes to be ready again with all of them.
 *
 * <p>Arguments: packaged service ({@code fitting-service/target/quarkus-app/quarkus-run.jar}), studies (default 100), steps
 * of each run (default 200), heap of the service (default 300m).
 */
public final class StudyMemory {
    private static final int RUNS = 5;
    private static final int EVERY = 10;
    private static final int RESTARTS = 3;
    private static final Duration POLL = Duration.ofMillis(200);

    private StudyMemory() {}

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args.length > 0 ? args[0] : "fitting-service/target/quarkus-app/quarkus-run.jar");
        int studies = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        String heap = args.length > 3 ? args[3] : "300m";
        Path home = Files.createTempDirectory("study-memory");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), FreePorts.next(), FreePorts.next());
                LocalPostgres postgres = LocalPostgres.durable(home.resolve("postgres"), FreePorts.next())) {
            postgres.ensureDatabase("fitting");
            String servers = kafka.bootstrapServers();
            String database = postgres.loginUrl("fitting");
            SimulatedTrainers.createTopic(servers);
            Path log = home.resolve("fitting.log");
            try (FittingProcess service = FittingProcess.start(jar, heap, servers, database, FreePorts.next(), log)) {
                service.awaitReady();
                run(service, servers, studies, steps);
            }
            for (int restart = 0; restart < RESTARTS; restart++) {
                long began = System.nanoTime();
                try (FittingProcess service =
                        FittingProcess.start(jar, heap, servers, database, FreePorts.next(), log)) {
                    service.awaitReady();
                    double seconds = (System.nanoTime() - began) / 1e9;
                    System.out.printf(
                            "started again with %d studies: ready after %.1f s, %.1f s of CPU time, %.1f MiB live%n",
                            studies, seconds, service.cpuSeconds(), service.liveHeap());
                }
            }
        }
        System.exit(0);
    }

    private static void run(FittingProcess service, String servers, int studies, int steps) throws Exception {
        System.out.printf(
                "studies of %d runs and %d steps each%n%8s %9s %8s%n", RUNS, steps, "studies", "live MiB", "RSS MiB");
        SimpleRegression settled = new SimpleRegression();
        for (int study = 1; study <= studies; study++) {
            try (SimulatedTrainers trainers = new SimulatedTrainers(servers, "study-" + study, RUNS, study)) {
                trainers.plan();
                trainers.slice(0, RUNS, 1, steps);
                trainers.complete(steps);
            }
            double events = (double) study * RUNS * (steps + 2);
            while (service.metric("plm_events_consumed_total") < events || !service.isFitted("study-" + study)) {
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
        if (settled.getN() > 2) {
            System.out.printf("%.2f MiB of heap for each study more in the second half%n", settled.getSlope());
        }
    }
}
