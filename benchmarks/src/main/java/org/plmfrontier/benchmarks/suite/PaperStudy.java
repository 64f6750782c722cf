package org.plmfrontier.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.stack.postgres.LocalPostgres;

/**
 * The paper's study at its full size: eight shapes of Table 4, four budgets up to 20.8 billion tokens (Serrano et al. 2024), by
 * the packaged dataset and fitting services, a real broker and a real PostgreSQL, and trainers whose device is virtual: their
 * time runs faster. Trainers are killed, leave and come all the while. With the paper's recipe, where one run serves all budgets
 * of a shape, or with one run per budget ({@code frontier-cosine}).
 *
 * <p>Arguments: packaged dataset service, packaged fitting service, recipe (default serrano-2024), trainers (default 16), factor
 * of time (default 500), FLOP/s of a device (default 4e14), virtual hours between two faults (default 4).
 */
public final class PaperStudy {
    private static final String SHAPES = "[\"5M\",\"15M\",\"35M\",\"50M\",\"100M\",\"150M\",\"300M\",\"650M\"]";
    private static final int PARTITIONS = 16;
    private static final double UNIREF50_TOKENS = 2.1e10;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final double HOUR = 3600;

    /** A trainer is missed for a quarter of an hour, and the group settles after the next one came. */
    private static final double AFTERMATH = HOUR / 2;

    private final DatasetProcess dataset;
    private final FittingProcess fitting;
    private final String servers;
    private final Options options;
    private final PaperRuns runs;
    private final List<VirtualTrainer> trainers = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private VirtualTime time = VirtualTime.begin(1);
    private int named;
    private int kills;
    private int leaves;

    /** What of the trainers' time was used, virtual seconds. */
    private double alive;

    private double busy;
    private double usable;
    private double unused;
    private double unusedAfterFaults;
    private double lastFault = Double.NEGATIVE_INFINITY;

    /** How to run it. */
    private record Options(String recipe, int trainers, double factor, double flopsPerSecond, double faultHours) {
        static Options of(String[] args) {
            return new Options(
                    args.length > 2 ? args[2] : "serrano-2024",
                    args.length > 3 ? Integer.parseInt(args[3]) : 16,
                    args.length > 4 ? Double.parseDouble(args[4]) : 500,
                    args.length > 5 ? Double.parseDouble(args[5]) : 4e14,
                    args.length > 6 ? Double.parseDouble(args[6]) : 4);
        }
    }

    private PaperStudy(DatasetProcess dataset, FittingProcess fitting, String servers, Options options) {
        this.dataset = dataset;
        this.fitting = fitting;
        this.servers = servers;
        this.options = options;
        this.runs = new PaperRuns(options.flopsPerSecond());
    }

    public static void main(String[] args) throws Exception {
        Path datasetJar = Path.of(args.length > 0 ? args[0] : "dataset-service/target/quarkus-app/quarkus-run.jar");
        Path fittingJar = Path.of(args.length > 1 ? args[1] : "fitting-service/target/quarkus-app/quarkus-run.jar");
        Path home = Files.createTempDirectory("paper-study");
        System.out.println("logs in " + home);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(
                        home.resolve("kafka"),
                        FreePorts.next(),
                        FreePorts.next(),
                        Map.of("group.min.session.timeout.ms", "100"));
                LocalPostgres postgres = LocalPostgres.durable(home.resolve("postgres"), FreePorts.next())) {
            postgres.ensureDatabase("dataset");
            postgres.ensureDatabase("fitting");
            String servers = kafka.bootstrapServers();
            String database = postgres.loginUrl("dataset");
            try (DatasetProcess dataset = DatasetProcess.start(
                            datasetJar,
                            "400m",
                            new PackagedService.Stores(servers, database),
                            FreePorts.next(),
                            home.resolve("dataset.log"),
                            Map.of("DATASET_SLICES_REFILL_EVERY", "PT0.1S"));
                    FittingProcess fitting = FittingProcess.start(
                            fittingJar,
                            "614m",
                            servers,
                            postgres.loginUrl("fitting"),
                            FreePorts.next(),
                            home.resolve("fitting.log"))) {
                dataset.service().awaitReady();
                fitting.awaitReady();
                new PaperStudy(dataset, fitting, servers, Options.of(args)).run(home, database);
            }
        }
        System.exit(0);
    }

    private void run(Path home, String database) throws Exception {
        String corpus = corpus(home);
        PaperCorpus.enlarge(servers, database, corpus, UNIREF50_TOKENS);
        String body =
                "{\"id\":\"paper\",\"corpus\":\"%s\",\"shapes\":%s,\"tokenBudgets\":[2.6e9,5.2e9,1.04e10,2.08e10],\"recipe\":\"%s\"}"
                        .formatted(corpus, SHAPES, options.recipe());
        JsonNode preview = dataset.post(
                "/studies?preview=true&flopsPerSecond=" + options.trainers() * options.flopsPerSecond(), body);
        System.out.printf(
                "%d runs, %.2e FLOPs, about %d slices at the assumed speed; %s%n",
                preview.get("runs").size(),
                preview.get("expectedFlops").asDouble(),
                preview.get("slices").asInt(),
                preview.get("warnings"));
        time = VirtualTime.begin(options.factor());
        for (int i = 0; i < options.trainers(); i++) {
            trainers.add(start());
        }
        while (!trainers.stream().limit(PARTITIONS).allMatch(VirtualTrainer::hasPartitions)) {
            Thread.sleep(LOOK);
        }
        long began = System.nanoTime();
        JsonNode study = dataset.post("/studies", body);
        System.out.printf("submitted in %.1f s: %s jobs%n", secondsSince(began), dataset.get("/scaling"));
        runs.expect(study.get("runs").size());
        runs.latency().follow(fitting, "paper", "curves");
        double makespan = train();
        print(study, makespan);
    }

    /** Virtual seconds until all is trained. */
    private double train() throws IOException, InterruptedException {
        double submitted = time.now();
        double lastLook = 0;
        double nextFault = HOUR * options.faultHours();
        double nextLine = 0;
        double absentUntil = -1;
        while (true) {
            Thread.sleep(LOOK);
            double now = time.now() - submitted;
            account(now, now - lastLook);
            lastLook = now;
            if (now >= nextFault && runs.unfinished() > 1) {
                fault();
                lastFault = now;
                nextFault = now + HOUR * options.faultHours() * (0.5 + random.nextDouble());
                absentUntil = now + HOUR / 4;
            }
            if (absentUntil >= 0 && now >= absentUntil) {
                while (aliveTrainers() < options.trainers()) {
                    trainers.add(start());
                }
                absentUntil = -1;
            }
            if (now >= nextLine) {
                JsonNode scaling = dataset.get("/scaling");
                System.out.printf(
                        "%6.1f h: %d trainers, %d training, %d runs left, %s%n",
                        now / HOUR, aliveTrainers(), trainingTrainers(), runs.unfinished(), scaling);
                nextLine = now + 8 * HOUR;
                if (scaling.get("activeRuns").asInt() == 0) {
                    return now;
                }
            } else if (runs.unfinished() == 0 && now > HOUR) {
                nextLine = Math.min(nextLine, now + options.factor() / 2);
            }
        }
    }

    private void account(double now, double seconds) {
        long there = aliveTrainers();
        long working = trainingTrainers();
        long left = runs.unfinished();
        alive += there * seconds;
        busy += working * seconds;
        if (left > 1) {
            long most = Math.min(there, left);
            usable += most * seconds;
            double lost = Math.max(0, most - working) * seconds;
            unused += lost;
            unusedAfterFaults += now - lastFault < AFTERMATH ? lost : 0;
        }
    }

    private long aliveTrainers() {
        return trainers.stream().filter(VirtualTrainer::isAlive).count();
    }

    private long trainingTrainers() {
        return trainers.stream().filter(VirtualTrainer::isTraining).count();
    }

    private void fault() {
        List<VirtualTrainer> working =
                trainers.stream().filter(VirtualTrainer::isTraining).toList();
        if (working.isEmpty()) {
            return;
        }
        VirtualTrainer victim = working.get(random.nextInt(working.size()));
        if (random.nextBoolean()) {
            kills++;
            victim.end(VirtualTrainer.End.KILL);
        } else {
            leaves++;
            victim.end(VirtualTrainer.End.LEAVE);
        }
    }

    private VirtualTrainer start() {
        return new VirtualTrainer("virtual-" + named++, servers, time, runs).start();
    }

    private void print(JsonNode study, double makespan) throws Exception {
        double flops = study.get("expectedFlops").asDouble();
        double longest = 0;
        for (JsonNode run : study.get("runs")) {
            longest = Math.max(longest, run.get("expectedFlops").asDouble());
        }
        double perTrainer = flops / options.flopsPerSecond() / options.trainers() / HOUR;
        double alone = longest / options.flopsPerSecond() / HOUR;
        double bound = Math.max(perTrainer, alone);
        int slices = trainers.stream().mapToInt(VirtualTrainer::slices).sum();
        System.out.printf(
                "makespan %.1f h, bound %.1f h (FLOPs over trainers %.1f h, longest run %.1f h): %.3f times the bound%n",
                makespan / HOUR, bound, perTrainer, alone, makespan / HOUR / bound);
        System.out.printf(
                "trainers: busy %.1f %% of their time; while more than one run was left, %.1f %% of the time in which a trainer and a run"
                        + " of its own were there went by unused, %.1f %% within half an hour of a fault (a second of the clock is %.0f s)%n",
                100 * busy / alive, 100 * unused / usable, 100 * unusedAfterFaults / usable, options.factor());
        System.out.printf(
                "%d slices, mean %.0f s; %d trainers killed, %d left; %.0f s of device time lost per kill, %.0f s in all by partitions"
                        + " that moved%n",
                slices,
                flops / options.flopsPerSecond() / slices,
                kills,
                leaves,
                kills == 0
                        ? 0
                        : trainers.stream()
                                        .mapToDouble(VirtualTrainer::lostSeconds)
                                        .sum()
                                / kills,
                trainers.stream().mapToDouble(VirtualTrainer::fencedSeconds).sum());
        System.out.printf(
                "a commit spans p50 %.0f s, p99 %.0f s of training; from commit to the live stream p50 %.2f s, p99 %.2f s by the clock%n",
                runs.secondsOfCommits(0.5),
                runs.secondsOfCommits(0.99),
                runs.latency().quantile(0.5),
                runs.latency().quantile(0.99));
        System.out.printf(
                "jobs topic: %d records; fitting: %.0f events, %.0f refits, heap %.0f MiB, %.1f CPU s; dataset: heap %.0f MiB, %.1f CPU s%n",
                jobRecords(),
                fitting.metric("plm_events_consumed_total"),
                fitting.metric("plm_refit_seconds_count"),
                fitting.liveHeap(),
                fitting.cpuSeconds(),
                dataset.heap(),
                dataset.service().cpuSeconds());
        JsonNode states = dataset.get("/studies/paper");
        System.out.println("study " + states.get("state"));
    }

    private long jobRecords() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            IntStream.range(0, PARTITIONS)
                    .forEach(partition -> all.put(new TopicPartition(Topics.JOBS, partition), OffsetSpec.latest()));
            return admin.listOffsets(all).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private String corpus(Path home) throws IOException, InterruptedException {
        StringBuilder fasta = new StringBuilder();
        String letters = "ACDEFGHIKLMNPQRSTVWY";
        for (int protein = 0; protein < 400; protein++) {
            fasta.append(">p").append(protein).append('\n');
            for (int i = 0; i < 50; i++) {
                fasta.append(letters.charAt(random.nextInt(letters.length())));
            }
            fasta.append('\n');
        }
        Path file = Files.writeString(home.resolve("seed.fasta"), fasta);
        String id = dataset.post(
                        "/corpora",
                        "{\"sources\":[\"%s\"],\"heldOutSequences\":20,\"maxLength\":64,\"batchTokens\":512,\"minLength\":5}"
                                .formatted(file))
                .get("id")
                .asText();
        while (!dataset.get("/corpora/" + id).get("state").asText().equals("READY")) {
            Thread.sleep(200);
        }
        return id;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
