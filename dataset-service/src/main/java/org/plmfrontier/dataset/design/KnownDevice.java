package org.plmfrontier.dataset.design;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * Devices whose speed can be reckoned before one of them has trained: dense peaks of their vendors' data sheets in bfloat16,
 * or in float32 where a device has none.
 *
 * @param name as people write it
 * @param peakFlops dense peak, FLOP/s
 * @param precision in which it has that peak and would train
 */
public record KnownDevice(String name, double peakFlops, Precision precision) {
    /**
     * Share of its peak at which a device is reckoned to train: what published runs of language models reach (Chowdhery et
     * al. 2022, Table 3: 21 to 46 %). Models of few million parameters reach less.
     */
    public static final double UTILISATION = 0.35;

    private static final List<KnownDevice> ALL = List.of(
            new KnownDevice("B200", 2250e12, Precision.BF16),
            new KnownDevice("H200", 989.4e12, Precision.BF16),
            new KnownDevice("H100", 989.4e12, Precision.BF16),
            new KnownDevice("A100", 312e12, Precision.BF16),
            new KnownDevice("L40S", 362e12, Precision.BF16),
            new KnownDevice("A10", 125e12, Precision.BF16),
            new KnownDevice("L4", 121e12, Precision.BF16),
            new KnownDevice("V100", 15.7e12, Precision.FP32),
            new KnownDevice("T4", 8.1e12, Precision.FP32),
            new KnownDevice("RTX 4090", 165.2e12, Precision.BF16));

    /** Reckoned training FLOPs per second. */
    public double flopsPerSecond() {
        return UTILISATION * peakFlops;
    }

    /**
     * A device by its name, whatever its case.
     *
     * @param field of the request, for the message
     * @throws RefusedException where it is none of the known ones
     */
    static KnownDevice named(String field, String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return ALL.stream()
                .filter(device -> device.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        field,
                        "unknown device '" + name.strip() + "'; known are "
                                + ALL.stream().map(KnownDevice::name).collect(Collectors.joining(", "))
                                + ", or 'here' for what the trainers of this suite were measured at"));
    }
}
