package org.plmfrontier.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.model.Table4;

class LoadProfileTest {
    private final List<SequenceLoad> loads = Profiles.loads(3000, 8);
    private final LoadProfile profile = Profiles.profile(loads);

    @Test
    void anyRangeEqualsTheNaiveSumAlsoOverEpochs() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 100; round++) {
            int from = random.nextInt(9000);
            int to = from + random.nextInt(3000);
            assertThat(profile.between(from, to)).isEqualTo(naive(from, to));
        }
    }

    @Test
    void flopsOfARangeEqualTable5SummedExactly() {
        for (ModelShape shape : Table4.byName().values()) {
            double exact = FlopCount.training(shape, naive(10, 14));
            assertThat(new RunCost(shape, profile).flops(10, 14)).isEqualTo(exact);
        }
    }

    @Test
    void aRunBeyondSixtyFourBitsStillHasItsFlops() {
        double flops = new RunCost(Table4.byName().get("650M"), profile).flops(0, 3000L * 20_000);
        assertThat(flops).isGreaterThan(Long.MAX_VALUE).isLessThan(1e22);
    }

    @Test
    void anEmptyCorpusHasNoProfile() {
        assertThatThrownBy(new LoadProfile.Builder()::build).hasMessageContaining("without records");
    }

    private SequenceLoad naive(long from, long to) {
        SequenceLoad load = SequenceLoad.NONE;
        for (long position = from; position < to; position++) {
            load = load.plus(loads.get((int) (position % loads.size())));
        }
        return load;
    }
}
