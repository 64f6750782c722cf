package org.plmfrontier.benchmarks.step;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Tokens per CPU-second of fair-esm 2.0.1's training step (torch 1.13, fp32, one thread, batches of 4,096 tokens, Cooper
 * Lake, OpenBLAS with AVX-512): medians of three steps, noted once and not measured here.
 */
final class FairEsm {
    private static final Map<String, Double> RATES = Map.of(
            "5M/256", 2725.0,
            "5M/1024", 1242.0,
            "15M/256", 1179.0,
            "15M/1024", 524.0,
            "35M/256", 672.0,
            "35M/1024", 309.0);

    private FairEsm() {}

    static OptionalDouble tokensPerCpuSecond(String size, int length) {
        Double rate = RATES.get(size + "/" + length);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }
}
