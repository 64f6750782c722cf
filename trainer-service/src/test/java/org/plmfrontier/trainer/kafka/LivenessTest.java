package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.slice.Studies;

/** What the real handler tells of its pulse. */
class LivenessTest extends TrainerScene {
    private static final Duration STILL = Duration.ofSeconds(2);

    @Test
    void aStepThatNeverEndsShowsAndAWaitForADiskOrForJobsDoesNot() throws Exception {
        RunSpec run = run("a", 8);
        Path inTheWay = Files.writeString(folder.resolve(run.runId()), "a file where the run's folder should be");
        Studies.jobs(run, 4).forEach(job -> topics.send(0, job));
        FakeEngine engine = new FakeEngine();
        Standstill third = Standstill.before(engine, 3);
        try (TrainerProcess trainer = trainer("one", engine)) {
            third.await();
            await().atMost(PATIENCE)
                    .until(() -> trainer.stillFor()
                            .filter(still -> still.compareTo(STILL) > 0)
                            .isPresent());
            assertThat(trainer.sincePoll())
                    .get()
                    .satisfies(age -> assertThat(age).isLessThan(STILL));
            third.proceed();
            await().atMost(PATIENCE).until(() -> trainer.trouble().isPresent());
            await().atMost(PATIENCE)
                    .until(() -> trainer.stillFor()
                            .filter(still -> still.compareTo(STILL) < 0)
                            .isPresent());
            Files.delete(inTheWay);
            awaitConsumed();
            await().atMost(PATIENCE).until(() -> trainer.stillFor().isEmpty());
            assertThat(trainer.sincePoll()).isPresent();
        }
        assertCompleteAndEqualToUndisturbed(run);
    }
}
