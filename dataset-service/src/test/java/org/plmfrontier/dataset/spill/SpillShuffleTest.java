package org.plmfrontier.dataset.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    void whatWasSpilledBeforeAKillIsGoneOnWith() throws IOException {
        Path spill = folder.resolve("spill");
        SpillShuffle killed = new SpillShuffle(spill, 3, 1 << 20);
        for (long ordinal = 0; ordinal < 900; ordinal++) {
            killed.add(ordinal, 1, tokens(ordinal));
        }
        killed.flush();
        Map<String, Long> done = SpillFolder.lengths(spill);
        for (long ordinal = 900; ordinal < 1000; ordinal++) {
            killed.add(ordinal, 1, tokens(ordinal));
        }
        killed.close();
        assertThat(SpillFolder.restore(spill, done)).isTrue();
        List<Long> order = new ArrayList<>();
        try (SpillShuffle again = new SpillShuffle(spill, 3, 500)) {
            for (long ordinal = 900; ordinal < 1200; ordinal++) {
                again.add(ordinal, 1, tokens(ordinal));
            }
            again.drain((ordinal, residues, tokens) -> order.add(ordinal));
        }
        SpillFolder.delete(spill);
        assertThat(order).isEqualTo(shuffle(1200, 3, 1 << 20));
    }

    @Test
    void aFileThatLostBytesMakesTheWholeFolderUseless() throws IOException {
        Path file = Files.writeString(folder.resolve("00"), "abc");
        assertThat(SpillFolder.restore(folder, Map.of("00", 4L))).isFalse();
        assertThat(file).exists();
        assertThat(SpillFolder.restore(folder, Map.of("00", 2L))).isTrue();
        assertThat(file).hasContent("ab");
    }

    @Test
    void aFullDiskIsSaidWithTheFile() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full on this machine");
        Path spill = Files.createDirectories(folder.resolve("spill"));
        for (int bucket = 0; bucket < SpillFiles.BUCKETS; bucket++) {
            Files.createSymbolicLink(spill.resolve("%02d".formatted(bucket)), full);
        }
        SpillShuffle shuffle = new SpillShuffle(spill, 3, 1 << 20);
        shuffle.add(0, 10, tokens(0));
        assertThatThrownBy(shuffle::flush)
                .isInstanceOf(SpillFailedException.class)
                .hasMessageContaining("cannot write the spill file " + spill)
                .hasMessageContaining("No space left on device");
    }

    private List<Long> shuffle(int count, long seed, long memory) throws IOException {
        List<Long> order = new ArrayList<>();
        try (SpillShuffle shuffle = new SpillShuffle(folder.resolve("spill"), seed, memory)) {
            for (long ordinal = 0; ordinal < count; ordinal++) {
                shuffle.add(ordinal, (int) ordinal + 1, tokens(ordinal));
            }
            shuffle.drain((ordinal, residues, tokens) -> {
                assertThat(residues).isEqualTo((int) ordinal + 1);
                assertThat(tokens).isEqualTo(tokens(ordinal));
                order.add(ordinal);
            });
        }
        SpillFolder.delete(folder.resolve("spill"));
        return order;
    }

    private static byte[] tokens(long ordinal) {
        return ByteBuffer.allocate(8 + (int) (ordinal % 13)).putLong(ordinal).array();
    }
}
