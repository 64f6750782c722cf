package org.plmfrontier.trainer.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.recipe.Precision;

/**
 * What a device can compute at most, dense products, FLOPs per second, as NVIDIA's data sheets have it (bfloat16 and TF32 on
 * tensor cores without sparsity, FP32 outside of them). A device that is not in the table has no peak: no utilisation is
 * better than a guessed one.
 */
public final class DevicePeak {
    private static final double TERA = 1e12;
    private static final List<DevicePeak> KNOWN = List.of(
            new DevicePeak("NVIDIA H100 80GB HBM3|NVIDIA H200", 989.4, 494.7, 66.9),
            new DevicePeak("NVIDIA H100 PCIe", 756, 378, 51),
            new DevicePeak("NVIDIA H100 NVL", 835, 417.5, 60),
            new DevicePeak("NVIDIA A100-.*|NVIDIA A100 .*", 312, 156, 19.5),
            new DevicePeak("NVIDIA L40S", 362, 183, 91.6),
            new DevicePeak("NVIDIA L4", 121, 60, 30.3),
            new DevicePeak("NVIDIA A10", 125, 62.5, 31.2),
            new DevicePeak("NVIDIA GeForce RTX 4090", 165.2, 82.6, 82.6),
            new DevicePeak("NVIDIA GeForce RTX 3090", 71, 35.6, 35.6));

    private final Pattern names;
    private final Map<Precision, Double> teraFlops = new EnumMap<>(Precision.class);

    private DevicePeak(String names, double bf16, double tf32, double fp32) {
        this.names = Pattern.compile(names);
        teraFlops.put(Precision.BF16, bf16);
        teraFlops.put(Precision.BF16_RESIDUAL, bf16);
        teraFlops.put(Precision.TF32, tf32);
        teraFlops.put(Precision.FP32, fp32);
    }

    /**
     * The peak of a device by the name that its driver gives.
     *
     * @return FLOPs per second; empty where the device is unknown, as every CPU is
     */
    public static OptionalDouble flopsPerSecond(String deviceName, Precision precision) {
        return KNOWN.stream()
                .filter(peak -> peak.names.matcher(deviceName).matches())
                .mapToDouble(peak -> peak.teraFlops.getOrDefault(precision, Double.NaN) * TERA)
                .findFirst();
    }
}
