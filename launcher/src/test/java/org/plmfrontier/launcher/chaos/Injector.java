package org.plmfrontier.launcher.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.plmfrontier.launcher.suite.ServiceProcess;
import org.plmfrontier.stack.kafka.KafkaProcess;

/** Does the faults. What lasts a while ends by itself while other faults happen. */
final class Injector implements AutoCloseable {
    private static final Duration AIM = Duration.ofSeconds(20);
    private static final Duration DISK_FULL = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** From the finished file to the end of the transaction it takes about so long: a step of the next slice and a commit. */
    private static final Duration COMMIT = Duration.ofMillis(60);

    private static final Duration SLOWEST_LEAVE = Duration.ofMinutes(1);

    private static final String SMALL_FILE = "16384";
    private static final int LEAST = 2;
    private static final int MOST = 4;

    private final Crew crew;
    private final KafkaProcess broker;
    private final Path checkpoints;
    private final CheckpointWatch watch;
    private final Duration session;
    private final Random random;
    private final FaultTable table;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final List<String> statesBeforeKill = new ArrayList<>();
    private final List<String> disorder = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Integer>> departures = new ArrayList<>();

    Injector(Crew crew, KafkaProcess broker, Path checkpoints, Duration session, Random random, FaultTable table)
            throws IOException {
        this.crew = crew;
        this.broker = broker;
        this.checkpoints = checkpoints;
        this.watch = new CheckpointWatch(checkpoints);
        this.session = session;
        this.random = random;
        this.table = table;
    }

    /** The runs whose states are aimed at. */
    void follow(Collection<String> runIds) throws IOException {
        watch.follow(runIds);
    }

    /** Trainers that were asked to leave and did not do so in order; waits for the last one. */
    List<String> disorder() {
        departures.forEach(CompletableFuture::join);
        return List.copyOf(disorder);
    }

    /** Names of states after which a trainer was killed at once: those that were never committed are hits. */
    List<String> statesBeforeKill() {
        return List.copyOf(statesBeforeKill);
    }

    /**
     * Does a fault, if there is what it needs.
     *
     * @param study that runs
     * @param runs of the study with the step at which each ends
     */
    void inject(Fault fault, String study, Map<String, Long> runs) throws IOException, InterruptedException {
        int killed = switch (fault) {
            case KILL_ANYTIME -> killAnytime();
            case KILL_IN_SLICE -> killInSlice();
            case KILL_IN_CHECKPOINT -> killInCheckpoint();
            case KILL_BEFORE_COMMIT -> killBeforeCommit();
            case KILL_ALL -> killAll();
            case TERM -> term() ? 0 : -1;
            case REMOVED -> removed();
            case ADDED -> added();
            case FREEZE -> freeze();
            case DISK_FULL -> diskFull();
            case CHECKPOINT_CUT -> damage(runs, Injector::cut);
            case CHECKPOINT_FLIPPED -> damage(runs, this::flip);
            case BROKER_RESTART -> restartBroker(false);
            case BROKER_KILL -> restartBroker(true);
        };
        if (killed >= 0) {
            table.injected(fault, study, killed);
            System.out.println(study + ": " + fault.what() + ", " + table.kills() + " kills so far");
        }
    }

    /** Waits until everything that lasts a while is over. */
    @Override
    public void close() throws IOException {
        later.close();
        watch.close();
    }

    private int killAnytime() throws InterruptedException {
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE.toNanos()));
        List<Trainer> alive = crew.alive();
        if (alive.isEmpty()) {
            return -1;
        }
        alive.get(random.nextInt(alive.size())).kill();
        return 1;
    }

    /** A trainer with steps that are not published: of the slice in hand, or of the one whose checkpoint is being written. */
    private int killInSlice() throws InterruptedException {
        Instant deadline = Instant.now().plus(AIM);
        while (Instant.now().isBefore(deadline)) {
            for (Trainer trainer : crew.alive()) {
                if (trainer.sliceSteps() >= 1) {
                    trainer.kill();
                    table.hit(Fault.KILL_IN_SLICE);
                    return 1;
                }
            }
        }
        return -1;
    }

    private int killInCheckpoint() throws InterruptedException {
        Optional<CheckpointWatch.Sighting> seen = watch.next(true, AIM);
        if (seen.isEmpty() || !kill(seen.get().trainer())) {
            return -1;
        }
        if (Files.exists(checkpoints.resolve(seen.get().name()))) {
            table.hit(Fault.KILL_IN_CHECKPOINT);
        }
        return 1;
    }

    private int killBeforeCommit() throws InterruptedException {
        Optional<CheckpointWatch.Sighting> seen = watch.next(false, AIM);
        LockSupport.parkNanos(random.nextLong(COMMIT.toNanos()));
        if (seen.isEmpty() || !kill(seen.get().trainer())) {
            return -1;
        }
        statesBeforeKill.add(seen.get().name());
        return 1;
    }

    private int killAll() throws InterruptedException {
        List<Trainer> all = crew.ready();
        all.forEach(trainer -> trainer.process().handle().destroyForcibly());
        return all.isEmpty() ? -1 : all.size();
    }

    private boolean term() throws InterruptedException {
        Optional<Trainer> leaving = anyReady();
        leaving.ifPresent(this::leave);
        return leaving.isPresent();
    }

    private int removed() throws InterruptedException {
        if (crew.size() == LEAST || !term()) {
            return -1;
        }
        crew.resize(crew.size() - 1);
        return 0;
    }

    private int added() throws IOException {
        if (crew.size() == MOST) {
            return -1;
        }
        crew.resize(crew.size() + 1);
        crew.complete();
        return 0;
    }

    /** What it takes under load is not judged, what it says at its end is. */
    private void leave(Trainer trainer) {
        ServiceProcess process = trainer.process();
        crew.dismiss(trainer);
        process.askToLeave();
        departures.add(process.handle()
                .onExit()
                .orTimeout(SLOWEST_LEAVE.toSeconds(), TimeUnit.SECONDS)
                .handle((gone, late) -> {
                    int status = statusOf(process);
                    if (status != 0) {
                        disorder.add(process.name() + " ended with " + status + " after SIGTERM");
                    }
                    return status;
                }));
    }

    private static int statusOf(ServiceProcess process) {
        try {
            return process.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private int freeze() throws IOException, InterruptedException {
        Optional<Trainer> frozen = anyReady();
        if (frozen.isEmpty()) {
            return -1;
        }
        frozen.get().stopInPlace();
        after(session.multipliedBy(2), () -> {
            frozen.get().goOn();
            return null;
        });
        return 0;
    }

    private int diskFull() throws IOException, InterruptedException {
        List<Trainer> all = crew.ready();
        for (Trainer trainer : all) {
            trainer.limitFiles(SMALL_FILE);
        }
        after(DISK_FULL, () -> {
            for (Trainer trainer : all) {
                trainer.limitFiles("unlimited");
            }
            return null;
        });
        return all.isEmpty() ? -1 : 0;
    }

    /** Of a run that goes on behind it: what nobody reads any more harms nobody. */
    private int damage(Map<String, Long> runs, Damage damage) throws IOException {
        List<Path> newest = new ArrayList<>();
        for (var run : runs.entrySet()) {
            try (Stream<Path> files = Files.list(checkpoints.resolve(run.getKey()))) {
                files.max(Comparator.comparing(CheckpointWatch::stepOf))
                        .filter(file -> CheckpointWatch.stepOf(file) > 0)
                        .filter(file -> CheckpointWatch.stepOf(file) < run.getValue())
                        .ifPresent(newest::add);
            }
        }
        if (newest.isEmpty()) {
            return -1;
        }
        Path victim = newest.get(random.nextInt(newest.size()));
        damage.to(victim);
        return kill(CheckpointWatch.trainerOf(victim)) ? 1 : 0;
    }

    private static void cut(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
    }

    private void flip(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long place = random.nextLong(bytes.length());
            bytes.seek(place);
            int old = bytes.read();
            bytes.seek(place);
            bytes.write(old ^ (1 << random.nextInt(8)));
        }
    }

    private int restartBroker(boolean hard) throws IOException, InterruptedException {
        if (hard) {
            broker.kill();
        } else {
            broker.stop();
        }
        broker.startAgain();
        return 0;
    }

    private Optional<Trainer> anyReady() throws InterruptedException {
        List<Trainer> ready = crew.ready();
        return ready.isEmpty() ? Optional.empty() : Optional.of(ready.get(random.nextInt(ready.size())));
    }

    private boolean kill(String name) {
        Optional<Trainer> victim = crew.alive().stream()
                .filter(trainer -> trainer.name().equals(name))
                .findFirst();
        victim.ifPresent(Trainer::kill);
        return victim.isPresent();
    }

    private void after(Duration delay, Callable<?> end) {
        later.schedule(
                () -> {
                    try {
                        end.call();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What is done to a file. */
    @FunctionalInterface
    private interface Damage {
        void to(Path file) throws IOException;
    }
}
