package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.plmfrontier.fitting.law.LossSurface;

/** Final losses with a known truth. */
public final class PlantedStudies {
    private PlantedStudies() {}

    /** A grid of sizes and budgets, each a run of its own, with normal noise in nats. */
    public static Observations grid(LossSurface surface, int sizes, int budgets, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> list = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            double n = 1e6 * Math.pow(100, (double) i / (sizes - 1));
            for (int j = 0; j < budgets; j++) {
                double d = 1e8 * Math.pow(100, (double) j / (budgets - 1));
                double loss = surface.lossAt(n, d) + noise * random.nextGaussian();
                list.add(new Observation("run-" + i + "-" + j, n, d, loss));
            }
        }
        return Observations.of(list);
    }
}
