package org.plmfrontier.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * Studies over the real broker, database and processes under faults drawn from a seed: every step once, in order, equal to
 * the bit to an undisturbed study, and stored once.
 *
 * <p>{@code -Dchaos.seed}; {@code -Dchaos.kills}: SIGKILLs of trainers after which nothing more is done; {@code
 * -Dchaos.faults}: names of {@link Fault}, comma-separated, in the place of all; {@code -Dchaos.most}: the most faults; {@code
 * -Dchaos.limit}: the most minutes until the last fault.
 */
@Tag("chaos")
class ChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int KILLS = Integer.getInteger("chaos.kills", 200);
    private static final int MOST = Integer.getInteger("chaos.most", Integer.MAX_VALUE);
    private static final int LIMIT_MINUTES = Integer.getInteger("chaos.limit", 60);
    private static final Set<Fault> KINDS = Fault.named(System.getProperty("chaos.faults", ""));
    private static final int TRAINERS = 3;
    private static final Path REPORT = Path.of(System.getProperty("frontier.root"), "launcher/target/chaos-report.md");

    private final Random random = new Random(SEED);
    private final FaultTable table = new FaultTable();
    private final Instant began = Instant.now();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void everyStepOnceAndEqualToTheBitWhateverIsKilled() throws Exception {
        System.out.println("chaos.seed=" + SEED + " chaos.kills=" + KILLS + ", data and logs in " + home);
        try (Stage stage = Stage.start(home);
                Crew crew = new Crew(stage.suite(), stage.classes(), random, 2);
                Injector injector = stage.injector(crew, random, table)) {
            crew.archiveClasses();
            crew.complete();
            Campaign campaign = new Campaign(stage, crew, injector, table);
            campaign.undisturbed();
            crew.resize(TRAINERS);
            while (goesOn()) {
                campaign.disturbed((study, runs) -> {
                    if (goesOn()) {
                        injector.inject(Fault.draw(random, KINDS), study, runs);
                    } else {
                        Campaign.pause();
                    }
                });
                Files.writeString(REPORT, table.markdown("Faults of seed " + SEED + ", so far"));
            }
            long noticed = campaign.confirm();
            long seconds = Duration.between(began, Instant.now()).toSeconds();
            Files.writeString(REPORT, table.markdown("Faults of seed %d, %d s".formatted(SEED, seconds)));
            System.out.println(Files.readString(REPORT) + noticed + " damaged states were noticed by a restore");
            assertThat(injector.disorder()).isEmpty();
        }
        assertThat(table.outcomes()).allMatch(StudyComparison::isEqual);
    }

    private boolean goesOn() {
        return table.kills() < KILLS
                && table.faults() < MOST
                && Duration.between(began, Instant.now()).toMinutes() < LIMIT_MINUTES;
    }
}
