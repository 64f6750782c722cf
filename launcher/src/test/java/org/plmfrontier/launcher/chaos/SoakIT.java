package org.plmfrontier.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.launcher.endtoend.StudyComparison;
import org.plmfrontier.launcher.suite.ServiceProcess;

/**
 * Studies one after another for a long time, a fault now and then: the memory of each process stays, and what is stored is
 * what the topic says. {@code -Dchaos.minutes}, {@code -Dchaos.seed}.
 */
@Tag("chaos")
class SoakIT {
    private static final int MINUTES = Integer.getInteger("chaos.minutes", 0);
    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int LONGEST_CALM_SECONDS = 40;
    private static final Duration SAMPLE = Duration.ofSeconds(5);
    private static final Duration HEAP_SAMPLE = Duration.ofMinutes(2);
    private static final int TRAINERS = 2;
    private static final Path REPORT = Path.of(System.getProperty("frontier.root"), "launcher/target/soak-report.md");

    private final Random random = new Random(SEED);
    private final FaultTable table = new FaultTable();
    private final Memory memory = new Memory();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    private Instant began = Instant.now();
    private Instant nextFault = Instant.now();
    private Instant nextSample = Instant.now();
    private Instant nextHeapSample = Instant.now();

    @Test
    void memoryStaysAndTheStoredCurvesAreThoseOfTheTopic() throws Exception {
        assumeTrue(MINUTES > 0, "a soak is asked for by -Dchaos.minutes=60");
        System.out.println("chaos.seed=" + SEED + " chaos.minutes=" + MINUTES + ", data and logs in " + home);
        Set<Fault> kinds = Fault.named("");
        try (Stage stage = Stage.startWithResidentHeaps(home);
                Crew crew = new Crew(stage.suite(), stage.classes(), random, TRAINERS);
                Injector injector = stage.injector(crew, random, table)) {
            crew.archiveClasses();
            crew.complete();
            Campaign campaign = new Campaign(stage, crew, injector, table);
            campaign.undisturbed();
            began = Instant.now();
            while (goesOn()) {
                campaign.disturbed((study, runs) -> {
                    sample(stage);
                    if (goesOn() && Instant.now().isAfter(nextFault)) {
                        injector.inject(Fault.draw(random, kinds), study, runs);
                        nextFault = Instant.now().plusSeconds(random.nextInt(LONGEST_CALM_SECONDS));
                    }
                    Campaign.pause();
                });
            }
            campaign.confirm();
            String title = "Soak of %d minutes, seed %d".formatted(MINUTES, SEED);
            Files.writeString(REPORT, table.markdown(title) + "\n" + memory.markdown());
            System.out.println(Files.readString(REPORT));
            assertThat(injector.disorder()).isEmpty();
        }
        assertThat(table.outcomes()).allMatch(StudyComparison::isEqual);
    }

    private boolean goesOn() {
        return Duration.between(began, Instant.now()).toMinutes() < MINUTES;
    }

    private void sample(Stage stage) {
        if (Instant.now().isBefore(nextSample)) {
            return;
        }
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
        boolean heaps = !Instant.now().isBefore(nextHeapSample);
        for (ServiceProcess service : stage.suite().services()) {
            long pid = service.handle().pid();
            memory.look(service.name() + " " + pid, pid, seconds);
            if (heaps && !service.name().startsWith("trainer")) {
                memory.lookAtHeap(service.name() + " " + pid, pid, seconds);
            }
        }
        long broker = stage.broker().handle().pid();
        memory.look("Kafka " + broker, broker, seconds);
        nextSample = Instant.now().plus(SAMPLE);
        nextHeapSample = heaps ? Instant.now().plus(HEAP_SAMPLE) : nextHeapSample;
    }
}
