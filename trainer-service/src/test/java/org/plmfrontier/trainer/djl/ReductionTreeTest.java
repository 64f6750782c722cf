package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plmfrontier.trainer.djl.ReductionTree.Block;

class ReductionTreeTest {
    private final ReductionTree tree = new ReductionTree(8);

    @Test
    void theOrderOfSumsIsTheSameHoweverShardsAreDealtOut() {
        for (int devices = 1; devices <= 8; devices++) {
            Map<Block, @Nullable String> known = new HashMap<>();
            for (int device = 0; device < devices; device++) {
                for (Block block : tree.blocks(tree.first(device, devices), tree.first(device + 1, devices))) {
                    known.put(block, ReductionTree.sum(block, shard -> "" + shard.from(), Block::isShard, this::sum));
                }
            }
            assertThat(ReductionTree.sum(tree.all(), known::get, known::containsKey, this::sum))
                    .isEqualTo("(((0+1)+(2+3))+((4+5)+(6+7)))");
        }
    }

    @Test
    void blocksCoverTheirShardsOnce() {
        for (int from = 0; from <= 8; from++) {
            for (int to = from; to <= 8; to++) {
                List<Integer> shards = new ArrayList<>();
                for (Block block : tree.blocks(from, to)) {
                    assertThat(block.from() % block.size()).isZero();
                    for (int i = 0; i < block.size(); i++) {
                        shards.add(block.from() + i);
                    }
                }
                List<Integer> expected = new ArrayList<>();
                for (int i = from; i < to; i++) {
                    expected.add(i);
                }
                assertThat(shards).isEqualTo(expected);
            }
        }
    }

    @Test
    void aShardWithoutAGradientIsLeftOut() {
        assertThat(ReductionTree.sum(
                        tree.all(),
                        shard -> shard.from() % 3 == 0 ? "" + shard.from() : null,
                        Block::isShard,
                        this::sum))
                .isEqualTo("((0+3)+6)");
    }

    @Test
    void recordsAreDealtOutEvenlyInTheirOrder() {
        int[] counts = new int[8];
        int last = 0;
        for (int record = 0; record < 13; record++) {
            int shard = tree.of(record, 13);
            assertThat(shard).isBetween(last, last + 1);
            last = shard;
            counts[shard]++;
        }
        assertThat(counts).containsOnly(1, 2);
    }

    private String sum(String left, String right) {
        return "(" + left + "+" + right + ")";
    }
}
