package org.plmfrontier.contracts.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void theSequenceIsThatOfThePublishedAlgorithm() {
        SplitMix64 own = new SplitMix64(42);
        SplittableRandom jdk = new SplittableRandom(42);
        for (int i = 0; i < 100; i++) {
            assertThat(own.nextLong()).isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void boundedNumbersFillTheirRangeEvenly() {
        SplitMix64 random = new SplitMix64(7);
        int[] counts = new int[20];
        for (int i = 0; i < 200_000; i++) {
            counts[random.nextInt(20)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }

    @Test
    void neighbouringPlacesGiveUnrelatedNumbers() {
        int equalBits = 0;
        for (int place = 0; place < 1000; place++) {
            long difference = SplitMix64.at(1, place).nextLong()
                    ^ SplitMix64.at(1, place + 1).nextLong();
            equalBits += Long.SIZE - Long.bitCount(difference);
        }
        assertThat(equalBits).isBetween(31_000, 33_000);
    }
}
