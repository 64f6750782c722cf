package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.model.Table4;

/** Slices of the paper's study and of small ones: none keeps a device for long. */
class SliceTimeTest {
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final DeviceSpeed SECOND = DeviceSpeed.known(1);
    private static final CheckpointSpacing AT_ONCE = run -> 0;
    private static final double SPEED = 4e14;
    private static final SliceTime TIME = time(SPEED);
    private static final List<SequenceLoad> LOADS = Profiles.loads(5_000, 7);

    @Test
    void aSliceLastsAMinuteAndLongerWhereItsCheckpointTakesLong() {
        RunSpec small = run("5M");
        RunSpec large = run("650M");
        double bytes = 12.0 * ParameterCount.of(large.shape()).exact();
        assertThat(TIME.seconds(small)).isEqualTo(60);
        assertThat(TIME.seconds(large))
                .as("7.8 GB are copied in 1 s, which is to be 1 %")
                .isEqualTo(bytes / 8e9 * 100, within(1e-9))
                .isBetween(95.0, 100.0);
        assertThat(time(SPEED, CheckpointSpacing.assumed(1e9, 1e9)).seconds(large))
                .as("no slice is longer than 5 minutes")
                .isEqualTo(300);
        assertThat(time(SPEED, CheckpointSpacing.assumed(1e12, 4e7)).seconds(large))
                .as("a copy is written in the time of a slice")
                .isEqualTo(bytes / 4e7, within(1e-9));
    }

    @Test
    void thePapersStudyIsCutByTheMinuteAndNotByTheHour() {
        StudyPlan plan = plan(new Slicing(OptionalDouble.empty(), 24, 20_000, TIME, OptionalLong.empty()));
        for (RunSpec run : plan.runs()) {
            double longest = TIME.seconds(run);
            double step = run.expectedFlops()
                    / (run.endRecord() / (double) run.recipe().recordsPerStep())
                    / SPEED;
            assertThat(slices(plan, run))
                    .allSatisfy(job -> assertThat(job.expectedFlops() / SPEED).isLessThan(1.5 * longest + 2 * step));
        }
        double mean = plan.expectedFlops() / SPEED / plan.jobs().size();
        System.out.printf(
                "%d runs, %.2e FLOPs, %d slices of %.0f s in the mean at %.0e FLOP/s%n",
                plan.runs().size(), plan.expectedFlops(), plan.jobs().size(), mean, SPEED);
        assertThat(mean).isBetween(60.0, 100.0);
    }

    @Test
    void theCutsChangeNeitherRunsNorBudgets() {
        StudyPlan coarse = plan(new Slicing(OptionalDouble.empty(), 24, 20_000, time(1e16), OptionalLong.empty()));
        StudyPlan fine = plan(new Slicing(OptionalDouble.empty(), 24, 20_000, time(1e14), OptionalLong.empty()));
        assertThat(fine.jobs().size()).isGreaterThan(3 * coarse.jobs().size());
        assertThat(fine.runs()).isEqualTo(coarse.runs());
    }

    @Test
    void aSmallStudyIsStillCutSoThatItIsSeenToMove() {
        Slicing slicing = new Slicing(OptionalDouble.empty(), 24, 20_000, TIME, OptionalLong.empty());
        StudySpec spec = StudySpecBuilder.builder()
                .id("s")
                .corpus("c0ffee")
                .shapes(List.of(ModelShape.esm2(2, 64, 4)))
                .tokenBudgets(List.of(2e6))
                .recipe(FrozenRecipes.byName().get("frontier-default"))
                .seeds(List.of(1L))
                .build();
        StudyPlan plan = StudyPlan.of(spec, Profiles.corpus(LOADS), Profiles.profile(LOADS), slicing, new double[4]);
        assertThat(plan.jobs()).hasSize(24);
    }

    @Test
    void aTargetOfItsOwnCountsWhateverItsTime() {
        Slicing slicing = new Slicing(OptionalDouble.of(1e18), 24, 20_000, TIME, OptionalLong.empty());
        assertThat(slicing.target(1e20, plan(slicing).runs().getLast())).isEqualTo(1e18);
    }

    @Test
    void impossibleTimesAreRefused() {
        assertThatThrownBy(() -> new SliceTime(Duration.ZERO, Duration.ofMinutes(5), HORIZON, AT_ONCE, SECOND))
                .hasMessageContaining("usual must be positive");
        assertThatThrownBy(() -> new SliceTime(Duration.ofMinutes(6), Duration.ofMinutes(5), HORIZON, AT_ONCE, SECOND))
                .hasMessageContaining("longest at least as long");
        assertThatThrownBy(() -> CheckpointSpacing.assumed(1, 0))
                .hasMessage("writtenBytesPerSecond must be positive, got 0.0");
        assertThatThrownBy(() -> CheckpointSpacing.assumed(Double.NaN, 1))
                .hasMessage("copiedBytesPerSecond must be positive, got NaN");
        assertThatThrownBy(() -> new SliceTime(
                        Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(4), AT_ONCE, SECOND))
                .hasMessage("horizon must be at least as long as the longest slice, got PT4M and PT5M");
    }

    private static SliceTime time(double flopsPerSecond) {
        return time(flopsPerSecond, CheckpointSpacing.assumed(8e9, 1e9));
    }

    private static SliceTime time(double flopsPerSecond, CheckpointSpacing checkpoints) {
        return new SliceTime(
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        HORIZON,
                        checkpoints,
                        DeviceSpeed.known(flopsPerSecond))
                .withoutHorizon();
    }

    private static RunSpec run(String shape) {
        return plan(new Slicing(OptionalDouble.of(1e18), 24, 20_000)).runs().stream()
                .filter(run -> run.shape().equals(Table4.byName().get(shape)))
                .findFirst()
                .orElseThrow();
    }

    /** Eight sizes, four budgets, 20.8 billion tokens (Serrano et al. 2024). */
    private static StudyPlan plan(Slicing slicing) {
        StudySpec spec = StudySpecBuilder.builder()
                .id("paper")
                .corpus("c0ffee")
                .shapes(List.copyOf(Table4.byName().values()))
                .tokenBudgets(List.of(2.6e9, 5.2e9, 10.4e9, 20.8e9))
                .recipe(FrozenRecipes.byName().get("serrano-2024"))
                .seeds(List.of(1L))
                .build();
        return StudyPlan.of(spec, Profiles.corpus(LOADS), Profiles.profile(LOADS), slicing, new double[16]);
    }

    private static List<BatchJob> slices(StudyPlan plan, RunSpec run) {
        return plan.jobs().stream()
                .filter(job -> job.run().runId().equals(run.runId()))
                .toList();
    }
}
