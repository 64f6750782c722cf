package org.plmfrontier.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.recipe.Precision;

class DevicePeakTest {
    @Test
    void aKnownDeviceHasThePeakOfItsDataSheet() {
        assertThat(DevicePeak.flopsPerSecond("NVIDIA H100 80GB HBM3", Precision.BF16))
                .hasValue(989.4e12);
        assertThat(DevicePeak.flopsPerSecond("NVIDIA H100 80GB HBM3", Precision.BF16_RESIDUAL))
                .hasValue(989.4e12);
        assertThat(DevicePeak.flopsPerSecond("NVIDIA A100-SXM4-80GB", Precision.TF32))
                .hasValue(156e12);
    }

    @Test
    void anUnknownDeviceHasNone() {
        assertThat(DevicePeak.flopsPerSecond("cpu", Precision.FP32)).isEmpty();
        assertThat(DevicePeak.flopsPerSecond("NVIDIA A10G", Precision.BF16)).isEmpty();
        assertThat(DevicePeak.flopsPerSecond("unknown GPU", Precision.BF16)).isEmpty();
    }
}
