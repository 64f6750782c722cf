package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorFlagsTest {
    @Test
    void wholeWordsOfTheFirstProcessorCount() {
        assertThat(ProcessorFlags.multipliesBf16(
                        List.of("processor\t: 0", "flags\t\t: fpu avx2 avx512_bf16 avx512f", "flags\t\t: fpu")))
                .isTrue();
        assertThat(ProcessorFlags.multipliesBf16(List.of("flags\t\t: fpu amx_bf16")))
                .isTrue();
        assertThat(ProcessorFlags.multipliesBf16(List.of("Features\t: fp asimd bf16")))
                .isTrue();
        assertThat(ProcessorFlags.multipliesBf16(List.of("flags\t\t: fpu avx512f", "flags\t\t: avx512_bf16")))
                .isFalse();
        assertThat(ProcessorFlags.multipliesBf16(List.of("flags\t\t: avx512_bf16_not")))
                .isFalse();
        assertThat(ProcessorFlags.multipliesBf16(List.of())).isFalse();
    }
}
