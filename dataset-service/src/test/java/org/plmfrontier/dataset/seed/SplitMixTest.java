package org.plmfrontier.dataset.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    @Test
    void theKeysAreTheSameForEver() {
        assertThat(SplitMix.key(1, Purpose.SPLIT, 0)).isEqualTo(SplitMix.key(1, Purpose.SPLIT, 0));
        assertThat(new long[] {
                    SplitMix.key(1, Purpose.SPLIT, 0),
                    SplitMix.key(1, Purpose.SHUFFLE, 0),
                    SplitMix.key(2, Purpose.SPLIT, 0)
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void noTwoOrdinalsShareAKey() {
        Set<Long> keys = new HashSet<>();
        for (long ordinal = 0; ordinal < 100_000; ordinal++) {
            assertThat(keys.add(SplitMix.key(5, Purpose.SHUFFLE, ordinal))).isTrue();
        }
    }

    @Test
    void numbersBelowABoundAreEvenlySpread() {
        int[] counts = new int[7];
        SplitMix random = new SplitMix(11, Purpose.PACKING, 0);
        for (int i = 0; i < 70_000; i++) {
            counts[(int) random.below(7)]++;
        }
        assertThat(Arrays.stream(counts).boxed().toList()).allMatch(count -> Math.abs(count - 10_000) < 500);
        assertThatThrownBy(() -> random.below(0)).hasMessageContaining("bound");
    }
}
