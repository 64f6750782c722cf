package org.plmfrontier.fitting.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.curve.StepThinning;

/** What stays in memory of a point that the database keeps. */
class BoundedMemoryTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final int BATCH = 2000;

    @Test
    void aRunOfTenMillionStepsKeepsThirtyThousand() {
        long kept = LongStream.rangeClosed(1, 10_000_000)
                .filter(StepThinning.USUAL::keeps)
                .count();
        assertThat(kept).isBetween(20_000L, 30_000L);
    }

    @Test
    void aStudyKeepsWhatTheThinningKeepsAndTheLastPoint() {
        StepThinning thinning = new StepThinning(64);
        Studies studies = new Studies(thinning);
        int steps = 40_000;
        for (int first = 1; first <= steps; first += BATCH) {
            assertThat(studies.add(steps(first, Math.min(steps, first + BATCH - 1))))
                    .isEmpty();
        }
        Run run = studies.find("long").orElseThrow().runs().get("long-0");
        long wanted = LongStream.rangeClosed(1, steps).filter(thinning::keeps).count();
        assertThat(run.curve().size()).isBetween((int) wanted, (int) wanted + 1);
        assertThat(run.step()).isEqualTo(steps);
        assertThat(run.curve().size()).isLessThan(64 * 12);
    }

    private static List<TrainingEvent> steps(int from, int to) {
        List<TrainingEvent> events = new ArrayList<>();
        for (int step = from; step <= to; step++) {
            events.add(new StepCompleted(
                    "long",
                    "long-0",
                    step,
                    1e3 * step,
                    1e9 * step,
                    1.1e9 * step,
                    3,
                    1e-3,
                    1,
                    1e4,
                    AT.plusMillis(step)));
        }
        return events;
    }
}
