package org.plmfrontier.dataset.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchPackerTest {
    private static final long SEED = 77;

    @Test
    void everySequenceLeavesExactlyOnceAndNoBatchPassesTheBudget() {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            int longest = random.nextInt(8, 60);
            int budget = longest + random.nextInt(200);
            List<byte[]> sequences = sequences(random.nextInt(1, 300), longest, random);
            List<List<byte[]>> batches = pack(sequences, budget, random.nextInt(1, 100), round);
            assertThat(batches.stream().flatMap(List::stream).toList()).containsExactlyInAnyOrderElementsOf(sequences);
            assertThat(batches).noneMatch(List::isEmpty);
            assertThat(batches).allMatch(batch -> padded(batch) <= budget);
        }
    }

    @Test
    void lengthsWithinABatchAreCloseSoThatLittleIsPadded() {
        List<byte[]> sequences = sequences(20_000, 256, new SplittableRandom(SEED));
        List<List<byte[]>> batches = pack(sequences, 4096, 4096, 1);
        long padded = batches.stream().mapToLong(BatchPackerTest::padded).sum();
        long tokens =
                sequences.stream().mapToLong(tokenized -> tokenized.length).sum();
        assertThat(1 - (double) tokens / padded).isLessThan(0.02);
    }

    @Test
    void theBatchesOfAWindowAreNotInTheOrderOfLength() {
        List<List<byte[]>> batches = pack(sequences(4000, 200, new SplittableRandom(SEED)), 2000, 4096, 1);
        assertThat(batches.stream().mapToInt(batch -> batch.getLast().length).toArray())
                .satisfies(
                        lengths -> assertThat(ascents(lengths)).isBetween(lengths.length / 4, 3 * lengths.length / 4));
    }

    @Test
    void theSameSeedGivesTheSameBatchesAndAnotherSeedAnotherOrder() {
        List<byte[]> sequences = sequences(500, 50, new SplittableRandom(SEED));
        assertThat(pack(sequences, 300, 64, 1)).isEqualTo(pack(sequences, 300, 64, 1));
        assertThat(pack(sequences, 300, 64, 2)).isNotEqualTo(pack(sequences, 300, 64, 1));
    }

    @Test
    void aSequenceBeyondTheBudgetIsRefused() {
        BatchPacker packer = new BatchPacker(10, 4, 1, batch -> {});
        assertThatThrownBy(() -> packer.add(new byte[11]))
                .hasMessageContaining("11")
                .hasMessageContaining("10");
    }

    private static int ascents(int[] values) {
        int ascents = 0;
        for (int i = 1; i < values.length; i++) {
            ascents += values[i] >= values[i - 1] ? 1 : 0;
        }
        return ascents;
    }

    private static List<List<byte[]>> pack(List<byte[]> sequences, int budget, int window, long seed) {
        List<List<byte[]>> batches = new ArrayList<>();
        BatchPacker packer = new BatchPacker(budget, window, seed, batches::add);
        sequences.forEach(packer::add);
        packer.finish();
        return batches;
    }

    private static long padded(List<byte[]> batch) {
        int longest = batch.stream().mapToInt(tokens -> tokens.length).max().orElseThrow();
        return (long) longest * batch.size();
    }

    private static List<byte[]> sequences(int count, int longest, SplittableRandom random) {
        List<byte[]> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(ByteBuffer.allocate(random.nextInt(5, longest + 1))
                    .putInt(i)
                    .array());
        }
        return sequences;
    }
}
