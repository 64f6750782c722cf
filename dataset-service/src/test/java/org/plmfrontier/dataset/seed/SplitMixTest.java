package org.plmfrontier.dataset.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    @Test
    void theNumbersAreTheSameForEver() {
        assertThat(SplitMix.key(1, Purpose.SPLIT, 0)).isEqualTo(0x5E41AB087439611EL);
        assertThat(SplitMix.key(20, Purpose.SHUFFLE, 12_345)).isEqualTo(0x9D4C1026F859A5A0L);
        assertThat(new SplitMix(1, Purpose.SPLIT, 0).nextLong()).isEqualTo(0xB18A02F46D8D86C3L);
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
