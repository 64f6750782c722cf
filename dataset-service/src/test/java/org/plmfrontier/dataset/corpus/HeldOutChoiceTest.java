package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

class HeldOutChoiceTest {
    @Test
    void exactlyAsManyAsWantedAreChosenAndTheyAreThoseWithTheSmallestKeys() {
        for (int wanted : new int[] {0, 1, 17, 500}) {
            long[] naive = LongStream.range(0, 2000)
                    .boxed()
                    .sorted(Comparator.comparing(
                            ordinal -> SplitMix.key(9, Purpose.SPLIT, ordinal), Long::compareUnsigned))
                    .limit(wanted)
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            assertThat(choose(wanted, 2000, 9)).isEqualTo(naive).hasSize(wanted);
        }
    }

    @Test
    void allAreChosenWhereFewerAreOffered() {
        assertThat(choose(10, 3, 1)).containsExactly(0, 1, 2);
    }

    @Test
    void everyProteinIsChosenAboutEquallyOftenOverSeeds() {
        int[] times = new int[20];
        for (int seed = 0; seed < 4000; seed++) {
            for (long ordinal : choose(5, 20, seed)) {
                times[(int) ordinal]++;
            }
        }
        assertThat(Arrays.stream(times).boxed().toList()).allMatch(count -> Math.abs(count - 1000) < 150);
    }

    private static long[] choose(int wanted, int offered, long seed) {
        HeldOutChoice choice = new HeldOutChoice(wanted, seed);
        LongStream.range(0, offered).forEach(choice::offer);
        return choice.ordinals();
    }
}
