package org.plmfrontier.launcher.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    }

    @Test
    void theModelsOfTheFullDemoTrainOverTheSameComputeForFourEpochsAtMost() {
        assertThat(DemoStudy.full().studyRequest("c"))
                .containsEntry("maxEpochs", 4.0)
                .containsKey("flopBudgets")
                .doesNotContainKey("tokenBudgets");
    }

    @Test
    void theFastDemoHasEnoughSizesForAnEnvelope() {
        assertThat(sizes(DemoStudy.fast()).distinct().count()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void anotherSeedIsAnotherStudyOnAnotherSplit() {
        DemoStudy other = DemoStudy.fast().withSeed(3);
        assertThat(other.id()).isEqualTo("demo-fast-seed-3");
        assertThat(other.corpusRequest(Path.of("proteins.fasta"))).containsEntry("seed", 3L);
        assertThat(other.studyRequest("c")).containsEntry("seeds", List.of(3L));
        assertThat(DemoStudy.fast().withSeed(1)).isEqualTo(DemoStudy.fast());
        assertThat(DemoStudy.full().withSeed(2).seeds()).containsExactly(3L, 4L);
    }

    private static LongStream sizes(DemoStudy study) {
        return study.shapes().stream()
                .mapToLong(shape -> ParameterCount.of(shape).table6());
    }
}
