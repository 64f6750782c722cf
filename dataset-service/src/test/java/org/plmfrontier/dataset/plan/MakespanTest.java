package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MakespanTest {
    @Test
    void oneTrainerTrainsOneRunAfterTheOther() {
        assertThat(Makespan.of(List.of(1.0, 2.0, 4.0), 1).getFirst()).isEqualTo(new Makespan(1, 1, 7, 0));
    }

    @Test
    void moreTrainersHelpUntilTheLongestRunDecides() {
        List<Makespan> table = Makespan.of(List.of(1.0, 1.0, 1.0, 1.0, 10.0, 2.0, 2.0, 2.0), 1);

        assertThat(table).extracting(Makespan::trainers).containsExactly(1, 2);
        assertThat(table).extracting(Makespan::hours).containsExactly(20.0, 10.0);
        assertThat(table.getLast().idleShare()).isZero();
    }

    @Test
    void noMoreTrainersThanRuns() {
        assertThat(Makespan.of(List.of(1.0, 1.0, 1.0), 1))
                .extracting(Makespan::trainers)
                .containsExactly(1, 2, 3);
        assertThat(Makespan.of(List.of(1.0, 1.0, 1.0), 1).get(1).idleShare()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void shardsShareARunAmongTheDevicesOfItsTrainer() {
        List<Makespan> table = Makespan.of(List.of(8.0, 1.0), 4);

        assertThat(table).extracting(Makespan::devicesEach).containsExactly(1, 1, 2, 2, 4, 4);
        assertThat(table).extracting(Makespan::hours).containsExactly(9.0, 8.0, 4.5, 4.0, 2.25, 2.0);
    }

    @Test
    void withinGrahamsBoundOfWhatNoScheduleCanBeat() {
        Random random = new Random(5);
        for (int study = 0; study < 200; study++) {
            double[] hours = random.doubles(1 + random.nextInt(40), 0.01, 100).toArray();
            double sum = DoubleStream.of(hours).sum();
            double longest = DoubleStream.of(hours).max().orElseThrow();
            for (Makespan one : Makespan.of(DoubleStream.of(hours).boxed().toList(), 1)) {
                double bound = Math.max(longest, sum / one.trainers());
                assertThat(one.hours()).isBetween(bound * (1 - 1e-9), 2 * bound);
                assertThat(one.idleShare()).isCloseTo(1 - sum / one.trainers() / one.hours(), within(1e-9));
            }
        }
    }
}
