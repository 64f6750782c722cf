package org.plmfrontier.trainer.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A fixed binary tree over the shards of a step: whoever computes which of them, sums are taken in one order, and the same numbers
 * are added. A shard without a gradient is left out.
 *
 * @param shards a power of two
 */
record ReductionTree(int shards) {
    ReductionTree {
        if (shards < 1 || Integer.bitCount(shards) != 1) {
            throw new IllegalArgumentException("shards must be a power of two, got " + shards);
        }
    }

    /**
     * Shards that stand together in the tree.
     *
     * @param from the first, a multiple of the size
     * @param size a power of two
     */
    record Block(int from, int size) {
        boolean isShard() {
            return size == 1;
        }

        Block left() {
            return new Block(from, size / 2);
        }

        Block right() {
            return new Block(from + size / 2, size / 2);
        }
    }

    Block all() {
        return new Block(0, shards);
    }

    /** The largest blocks of which some consecutive shards consist, in their order. */
    List<Block> blocks(int from, int to) {
        List<Block> blocks = new ArrayList<>();
        int next = from;
        while (next < to) {
            int size = next == 0 ? shards : Integer.lowestOneBit(next);
            while (next + size > to) {
                size /= 2;
            }
            blocks.add(new Block(next, size));
            next += size;
        }
        return blocks;
    }

    /** How many sums one device holds at most while it computes a further shard of these blocks. */
    static int held(List<Block> blocks) {
        int most = 0;
        for (int i = 0; i < blocks.size(); i++) {
            most = Math.max(
                    most, i + Integer.numberOfTrailingZeros(blocks.get(i).size()));
        }
        return most;
    }

    /** First shard of a device of so many; the next device's is the end of its own. */
    int first(int device, int devices) {
        return device * shards / devices;
    }

    /** Shard of a record of a step: consecutive ones stand together. */
    int of(int record, int records) {
        return (int) ((long) record * shards / records);
    }

    /**
     * The sum of a block.
     *
     * @param known sum of a block that is there; null where its parts are to be asked for
     * @param isKnown whether that is an answer, which is null itself for a block without a gradient
     * @param sum of two neighbours, left and right
     */
    static <T> @Nullable T sum(
            Block block, Function<Block, @Nullable T> known, Predicate<Block> isKnown, BinaryOperator<T> sum) {
        if (isKnown.test(block)) {
            return known.apply(block);
        }
        T left = sum(block.left(), known, isKnown, sum);
        T right = sum(block.right(), known, isKnown, sum);
        if (left == null) {
            return right;
        }
        return right == null ? left : sum.apply(left, right);
    }
}
