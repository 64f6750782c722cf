package org.plmfrontier.benchmarks.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * The packaged fitting service under load, with a real broker and a real PostgreSQL that writes through. First a burst:
 * all events stand in the topic before the service starts, beside the same rows written one by one. Then 300 trainers
 * that publish 10 steps a second each, every trainer's second being one transaction, to another study, while one reader
 * follows the live stream. Last the same trainers with slices of a minute, whose steps are published before they are
 * committed ({@link ProvisionalLoad}).
 *
 * <p>Arguments: packaged service ({@code fitting-service/target/quarkus-app/quarkus-run.jar}), events of the burst
 * (default 1,000,000), minutes of the steady load (default 10), heap of the service (default 614m, which is 60 % of the
 * memory that its deployment grants), minutes of the load with provisional steps (default 5).
 */
public final class IngestLoad {
    private static final int RUNS = 300;
    private static final int STEPS_PER_SECOND = 10;
    /** Parts of a second, each with the slices of an equal share of the trainers. */
    private static final int PARTS = 10;

    private static final int ONE_BY_ONE = 5_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path jar;
    private final String heap;
    private final Path home;
    private final EmbeddedKafka kafka;
    private final String database;

    private IngestLoad(Path jar, String heap, Path home, EmbeddedKafka kafka, String database) {
        this.jar = jar;
        this.heap = heap;
        this.home = home;
        this.kafka = kafka;
        this.database = database;
    }

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args.length > 0 ? args[0] : "fitting-service/target/quarkus-app/quarkus-run.jar");
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int minutes = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        String heap = args.length > 3 ? args[3] : "614m";
        int provisional = args.length > 4 ? Integer.parseInt(args[4]) : 5;
        Path home = Files.createTempDirectory("ingest-load");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), FreePorts.next(), FreePorts.next());
                LocalPostgres postgres = LocalPostgres.durable(home.resolve("postgres"), FreePorts.next())) {
            postgres.ensureDatabase("fitting");
            SimulatedTrainers.createTopic(kafka.bootstrapServers());
            new IngestLoad(jar, heap, home, kafka, postgres.loginUrl("fitting"))
                    .run(events / RUNS, minutes, provisional);
        }
        System.exit(0);
    }

    private void run(int stepsPerRun, int minutes, int provisional) throws Exception {
        System.out.printf(
                "%d runs, heap of at most %s, %d processors%n",
                RUNS, heap, Runtime.getRuntime().availableProcessors());
        try (SimulatedTrainers burst = new SimulatedTrainers(kafka.bootstrapServers(), "burst", RUNS, 1)) {
            burst.plan();
            for (int step = 1; step <= stepsPerRun; step += STEPS_PER_SECOND) {
                burst.slice(0, RUNS, step, Math.min(stepsPerRun, step + STEPS_PER_SECOND - 1));
            }
        }
        long start = System.nanoTime();
        try (FittingProcess service = FittingProcess.start(
                jar, heap, kafka.bootstrapServers(), database, FreePorts.next(), home.resolve("fitting.log"))) {
            service.awaitReady();
            burst(service, start, stepsPerRun);
            if (minutes > 0) {
                steady(service, minutes);
            }
            if (provisional > 0) {
                ProvisionalLoad.run(service, kafka.bootstrapServers(), RUNS, provisional);
            }
        }
    }

    private void burst(FittingProcess service, long start, int stepsPerRun) throws Exception {
        long events = (long) stepsPerRun * RUNS;
        double ready = secondsSince(start);
        double before = service.metric("plm_events_consumed_total");
        while (service.metric("plm_events_consumed_total") < events + RUNS) {
            service.requireAlive();
            Thread.sleep(POLL);
        }
        double all = secondsSince(start);
        double rate = (events + RUNS - before) / (all - ready);
        System.out.printf(
                "burst: %d events, ready after %.1f s with %.0f stored, all after %.1f s: %.0f events/s from the start"
                        + " of the process, %.0f from ready; %.1f s of CPU%n",
                events, ready, before, all, events / all, rate, service.cpuSeconds());
        System.out.printf(
                "burst: heap %.0f MiB after a collection, resident %.0f MiB%n", service.liveHeap(), service.resident());
        try (StoredSteps stored = new StoredSteps(database);
                SimulatedTrainers single = new SimulatedTrainers(kafka.bootstrapServers(), "single", 1, 3)) {
            System.out.printf("burst: %s, published %d%n", stored.of("burst"), events);
            List<StepCompleted> steps = LongStream.rangeClosed(1, ONE_BY_ONE)
                    .mapToObj(step -> single.step(0, step))
                    .toList();
            double alone = ONE_BY_ONE / stored.oneByOne(steps);
            System.out.printf("row by row: %.0f rows/s, the service is %.0f times as fast%n", alone, rate / alone);
        }
    }

    private void steady(FittingProcess service, int minutes) throws Exception {
        StepLatency latency = new StepLatency();
        try (SimulatedTrainers trainers = new SimulatedTrainers(kafka.bootstrapServers(), "steady", RUNS, 2);
                GroupLag lag = new GroupLag(kafka.bootstrapServers(), "fitting");
                StoredSteps stored = new StoredSteps(database)) {
            trainers.plan();
            trainers.slice(0, RUNS, 1, STEPS_PER_SECOND);
            Thread.sleep(Duration.ofSeconds(2));
            latency.follow(service, "steady", "curves");
            Thread.sleep(Duration.ofSeconds(2));
            System.out.printf(
                    "%6s %8s %9s %9s %9s %9s %9s %7s %7s%n",
                    "minute", "lag", "lag max", "p50 s", "p99 s", "heap MiB", "RSS MiB", "cores", "refits");
            long step = STEPS_PER_SECOND + 1;
            for (int minute = 1; minute <= minutes; minute++) {
                step = minute(service, trainers, latency, lag, minute, step);
            }
            Thread.sleep(Duration.ofSeconds(3));
            System.out.printf(
                    "steady: %d steps followed, from commit to the live stream p50 %.3f s, p99 %.3f s, most %.3f s%n",
                    latency.measured(), latency.quantile(0.5), latency.quantile(0.99), latency.quantile(1));
            System.out.printf("steady: %s, published %d%n", stored.of("steady"), (step - 1) * RUNS);
        }
    }

    private static long minute(
            FittingProcess service,
            SimulatedTrainers trainers,
            StepLatency latency,
            GroupLag lag,
            int minute,
            long from)
            throws Exception {
        long step = from;
        double cpu = service.cpuSeconds();
        double refits = service.metric("plm_refit_seconds_count");
        List<Long> lags = new ArrayList<>();
        long start = System.nanoTime();
        for (int second = 0; second < 60; second++) {
            for (int part = 0; part < PARTS; part++) {
                sleepUntil(start, second + (double) part / PARTS);
                int first = RUNS * part / PARTS;
                int last = RUNS * (part + 1) / PARTS;
                trainers.slice(first, last, step, step + STEPS_PER_SECOND - 1);
                for (int run = first; run < last; run++) {
                    latency.committed(trainers.runId(run), step, step + STEPS_PER_SECOND - 1);
                }
            }
            step += STEPS_PER_SECOND;
            if (second % 5 == 4) {
                lags.add(lag.records());
            }
        }
        System.out.printf(
                "%6d %8d %9d %9.3f %9.3f %9.0f %9.0f %7.2f %7.0f%n",
                minute,
                lags.getLast(),
                lags.stream().mapToLong(Long::longValue).max().orElseThrow(),
                latency.quantile(0.5),
                latency.quantile(0.99),
                service.liveHeap(),
                service.resident(),
                (service.cpuSeconds() - cpu) / secondsSince(start),
                service.metric("plm_refit_seconds_count") - refits);
        return step;
    }

    private static void sleepUntil(long start, double seconds) throws InterruptedException {
        double left = seconds - secondsSince(start);
        if (left > 0) {
            Thread.sleep(Duration.ofNanos((long) (left * 1e9)));
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
