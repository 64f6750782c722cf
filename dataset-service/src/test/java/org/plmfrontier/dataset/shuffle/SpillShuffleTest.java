package org.plmfrontier.dataset.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

class SpillShuffleTest {
    @TempDir
    Path folder;

    @Test
    void theOrderIsThatOfTheKeysHoweverLittleMemoryThereIs() throws IOException {
        List<Long> naive = LongStream.range(0, 5000)
                .boxed()
                .sorted(Comparator.comparing(
                        ordinal -> SplitMix.key(3, Purpose.SHUFFLE, ordinal), Long::compareUnsigned))
                .toList();
        for (long memory : new long[] {1 << 20, 2000, 300}) {
            assertThat(shuffle(5000, 3, memory)).isEqualTo(naive);
        }
    }

    @Test
    void everyPlaceIsAboutEquallyLikelyForEveryOrdinal() throws IOException {
        int[][] times = new int[6][6];
        for (int seed = 0; seed < 600; seed++) {
            List<Long> order = shuffle(6, seed, 1 << 20);
            for (int place = 0; place < 6; place++) {
                times[order.get(place).intValue()][place]++;
            }
        }
        for (int[] places : times) {
            assertThat(Arrays.stream(places).boxed().toList()).allMatch(count -> Math.abs(count - 100) < 50);
        }
    }

    @Test
    void nothingStaysInTheFolder() throws IOException {
        shuffle(1000, 1, 100);
        assertThat(folder.resolve("spill")).doesNotExist();
    }

    private List<Long> shuffle(int count, long seed, long memory) throws IOException {
        List<Long> order = new ArrayList<>();
        try (SpillShuffle shuffle = new SpillShuffle(folder.resolve("spill"), seed, memory)) {
            for (long ordinal = 0; ordinal < count; ordinal++) {
                shuffle.add(ordinal, tokens(ordinal));
            }
            shuffle.drain((ordinal, tokens) -> {
                assertThat(tokens).isEqualTo(tokens(ordinal));
                order.add(ordinal);
            });
        }
        return order;
    }

    private static byte[] tokens(long ordinal) {
        return ByteBuffer.allocate(8 + (int) (ordinal % 13)).putLong(ordinal).array();
    }
}
