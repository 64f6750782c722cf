package org.plmfrontier.launcher.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.plmfrontier.launcher.suite.Suite;
import org.plmfrontier.stack.FreePorts;

/** The trainers of a suite: those that are gone are replaced, under their names or under new ones. */
final class Crew implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Suite suite;
    private final Random random;
    private final Map<String, Trainer> trainers = new HashMap<>();
    private final Set<String> leaving = new HashSet<>();
    private final List<String> vacantNames = new ArrayList<>();
    private final Path classes;
    private int size;
    private int named;

    /**
     * A crew.
     *
     * @param classes archive of the trainer's classes, see {@link #archiveClasses}
     */
    Crew(Suite suite, Path classes, Random random, int size) {
        this.suite = suite;
        this.classes = classes;
        this.random = random;
        this.size = size;
    }

    /** Lets a trainer write down the classes that it has read, so that the others start faster. */
    void archiveClasses() throws IOException, InterruptedException {
        try (Trainer first = start("archivist", "-XX:ArchiveClassesAtExit=" + classes)) {
            while (!first.isReady()) {
                suite.requireAlive();
                Thread.sleep(PAUSE);
            }
            first.process().askToLeave();
            first.process().awaitExit();
        }
    }

    /** How many there shall be. */
    int size() {
        return size;
    }

    void resize(int wanted) {
        size = wanted;
    }

    /** Starts as many as are missing. */
    void complete() throws IOException {
        for (Trainer gone : List.copyOf(trainers.values())) {
            if (!gone.process().isAlive()) {
                gone.close();
                trainers.remove(gone.name());
                leaving.remove(gone.name());
                vacantNames.add(gone.name());
            }
        }
        while (trainers.size() - leaving.size() < size) {
            boolean again = !vacantNames.isEmpty() && random.nextBoolean();
            String name = again ? vacantNames.remove(random.nextInt(vacantNames.size())) : "trainer-service-" + ++named;
            trainers.put(name, start(name, "-XX:SharedArchiveFile=" + classes));
        }
    }

    /** One that was asked to leave is replaced, and left in peace until it is gone. */
    void dismiss(Trainer trainer) {
        leaving.add(trainer.name());
    }

    /** Those that live and stay, in the order of their names. */
    List<Trainer> alive() {
        return trainers.values().stream()
                .filter(trainer -> trainer.process().isAlive() && !leaving.contains(trainer.name()))
                .sorted(java.util.Comparator.comparing(Trainer::name))
                .toList();
    }

    List<Trainer> ready() throws InterruptedException {
        List<Trainer> ready = new ArrayList<>();
        for (Trainer trainer : alive()) {
            if (trainer.isReady()) {
                ready.add(trainer);
            }
        }
        return ready;
    }

    /** Starts one that reaches the broker elsewhere, beyond those that are replaced. */
    Trainer hire(String name, String bootstrapServers) throws IOException {
        Map<String, String> environment = environment("-XX:SharedArchiveFile=" + classes);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        return new Trainer(suite.startTrainer(name, FreePorts.next(), environment));
    }

    private Trainer start(String name, String jvmOption) throws IOException {
        return new Trainer(suite.startTrainer(name, FreePorts.next(), environment(jvmOption)));
    }

    private static Map<String, String> environment(String jvmOption) {
        return new HashMap<>(Map.of(
                "JDK_JAVA_OPTIONS",
                jvmOption,
                "MP_MESSAGING_INCOMING_JOBS_SESSION_TIMEOUT_MS",
                Long.toString(Stage.SESSION.toMillis()),
                "MP_MESSAGING_INCOMING_JOBS_HEARTBEAT_INTERVAL_MS",
                "500",
                // Faults are aimed at one slice again and again: it is not the job that ends these trainers.
                "TRAINER_ATTEMPTS",
                "1000"));
    }

    @Override
    public void close() {
        trainers.values().forEach(Trainer::close);
    }
}
