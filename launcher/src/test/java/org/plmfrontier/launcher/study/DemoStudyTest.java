package org.plmfrontier.launcher.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.ParameterCount;

class DemoStudyTest {
    @Test
    void theFullDemoSpansAFactorOfThirtyInParameters() {
        DemoStudy demo = DemoStudy.full();
        long[] sizes = sizes(demo).toArray();
        assertThat(sizes).hasSizeGreaterThanOrEqualTo(5).isSorted();
        assertThat((double) sizes[sizes.length - 1] / sizes[0]).isGreaterThanOrEqualTo(30);
        assertThat(demo.tokenBudgets()).hasSizeGreaterThanOrEqualTo(3).isSorted();
    }

    @Test
    void theFastDemoHasEnoughSizesForAnEnvelope() {
        assertThat(sizes(DemoStudy.fast()).distinct().count()).isGreaterThanOrEqualTo(3);
    }

    private static LongStream sizes(DemoStudy study) {
        return study.shapes().stream()
                .mapToLong(shape -> ParameterCount.of(shape).table6());
    }
}
