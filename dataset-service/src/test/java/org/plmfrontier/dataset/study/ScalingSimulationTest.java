package org.plmfrontier.dataset.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.plan.FrozenRecipes;
import org.plmfrontier.dataset.plan.Profiles;
import org.plmfrontier.dataset.plan.Slicing;

/**
 * A whole study under an autoscaler as deploy sets it: how many trainers the backlog asks for, against the runs that can go on at
 * once. Partitions go to trainers as a consumer group gives them, by number and not by work, and a trainer trains one run of
 * its partitions after the other.
 */
class ScalingSimulationTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    /** What {@link Slicing} without a horizon takes for known. */
    private static final double FLOPS_PER_SECOND = 1e14;

    private static final Duration WORK_PER_TRAINER = Duration.ofMinutes(8);
    private static final int PARTITIONS = 16;
    private static final int RUNS = 24;
    private static final int LOOK_SECONDS = 15;
    /** Looks that KEDA's HPA goes back before it takes a trainer away, and from one that it takes to the next. */
    private static final int STABILIZED = 180 / LOOK_SECONDS;

    private static final int BETWEEN = 60 / LOOK_SECONDS;
    private static final int START = 60 / LOOK_SECONDS;

    /** A run: device time that is left, and its partition. */
    private static final class Sized {
        private final RunSpec spec;
        private final int partition;
        private double left;

        Sized(int number, double seconds) {
            this.partition = number % PARTITIONS;
            this.left = seconds;
            this.spec = RunSpecBuilder.builder()
                    .studyId("s")
                    .runId("s-" + number)
                    .name("r" + number)
                    .shape(ModelShape.esm2(1, 16, 1))
                    .recipe(FrozenRecipes.byName().get("frontier-default"))
                    .corpus(Profiles.corpus(Profiles.loads(10, number)))
                    .budgets(List.of(new RunSpec.Budget(1e6, 1000)))
                    .expectedFlops(seconds * FLOPS_PER_SECOND)
                    .build();
        }

        StudyRun run() {
            double done = spec.expectedFlops() - left * FLOPS_PER_SECOND;
            RunState state = left > 0 ? RunState.TRAINING : RunState.COMPLETED;
            RunProgress.Done progress = new RunProgress.Done(left > 0 ? 0 : 23, 1, 1, Math.max(0, done));
            return new StudyRun(spec, partition, 24, 1000, new RunProgress(spec.runId(), state, progress, AT));
        }
    }

    /** One look of the scaler. */
    private record Look(int second, int asked, int runnable, int running, int busy) {}

    @Test
    void overAWholeStudyNoMoreTrainersAreAskedForThanRunsCanGoOnAtOnceAndFewAreIdle() {
        List<Look> looks = simulate();
        for (int i = 0; i < looks.size(); i += looks.size() / 24) {
            System.out.println(looks.get(i));
        }
        assertThat(looks).allSatisfy(look -> {
            assertThat(look.asked()).isLessThanOrEqualTo(look.runnable());
            assertThat(look.asked()).isGreaterThanOrEqualTo(Math.min(1, look.runnable()));
        });
        assertThat(looks.getFirst().asked())
                .as("all partitions have hours of work")
                .isEqualTo(PARTITIONS);
        assertThat(looks.getLast())
                .extracting(Look::asked, Look::runnable, Look::running)
                .containsExactly(0, 0, 0);
        double running = looks.stream().mapToLong(Look::running).sum();
        double busy = looks.stream().mapToLong(Look::busy).sum();
        double asked = looks.stream().mapToLong(Look::asked).sum();
        double runnable = looks.stream().mapToLong(Look::runnable).sum();
        System.out.printf(
                Locale.ROOT,
                "asked %.3f of what could go on, busy %.3f of what ran, %.1f h%n",
                asked / runnable,
                busy / running,
                looks.getLast().second() / 3600.0);
        assertThat(asked / runnable).as("work is not left lying").isGreaterThan(0.9);
        assertThat(busy / running).as("devices are not left idle").isGreaterThan(0.85);
        assertThat(looks.getLast().second())
                .as("hardly longer than the longest partition takes")
                .isLessThan((int) (1.3 * longestPartition()));
    }

    /** Sizes from a minute to six hours, as a ladder of models has them. */
    private static List<Sized> runs() {
        List<Sized> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(new Sized(i, 60 * Math.pow(360, (double) i / (RUNS - 1))));
        }
        return runs;
    }

    private static double longestPartition() {
        double[] seconds = new double[PARTITIONS];
        runs().forEach(run -> seconds[run.partition] += run.left);
        double longest = 0;
        for (double one : seconds) {
            longest = Math.max(longest, one);
        }
        return longest;
    }

    private static List<Look> simulate() {
        List<Sized> runs = runs();
        Slicing slicing = new Slicing(OptionalDouble.empty(), 24, 1000);
        List<Look> looks = new ArrayList<>();
        Deque<Integer> recent = new ArrayDeque<>();
        int running = 0;
        int starting = 0;
        int sinceStart = 0;
        int sinceStop = BETWEEN;
        for (int look = 0; looks.isEmpty() || looks.getLast().runnable() > 0 || running > 0; look++) {
            assertThat(look).as("looks of a day").isLessThan(24 * 3600 / LOOK_SECONDS);
            List<StudyRun> active =
                    runs.stream().map(Sized::run).filter(StudyRun::isActive).toList();
            int asked = Backlog.of(active, slicing, WORK_PER_TRAINER).usefulTrainers();
            int runnable = (int)
                    active.stream().mapToInt(StudyRun::partition).distinct().count();
            recent.addLast(asked);
            while (recent.size() > STABILIZED) {
                recent.removeFirst();
            }
            if (asked > running + starting) {
                starting = asked - running;
                sinceStart = 0;
            } else if (starting > 0 && ++sinceStart >= START) {
                running += starting;
                starting = 0;
            }
            int wanted = recent.stream().mapToInt(Integer::intValue).max().orElse(0);
            sinceStop++;
            if (running > wanted && sinceStop >= BETWEEN) {
                running--;
                sinceStop = 0;
            }
            looks.add(new Look(look * LOOK_SECONDS, asked, runnable, running, train(runs, running)));
        }
        return looks;
    }

    /** Trains until the next look; how many trainers had work. */
    private static int train(List<Sized> runs, int trainers) {
        int busy = 0;
        for (int trainer = 0; trainer < trainers; trainer++) {
            double time = LOOK_SECONDS;
            for (Sized run : runs) {
                if (run.partition % trainers == trainer && run.left > 0 && time > 0) {
                    double spent = Math.min(time, run.left);
                    run.left -= spent;
                    time -= spent;
                }
            }
            busy += time < LOOK_SECONDS ? 1 : 0;
        }
        return busy;
    }
}
