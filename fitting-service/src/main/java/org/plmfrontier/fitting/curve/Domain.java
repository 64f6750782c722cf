package org.plmfrontier.fitting.curve;

/**
 * A range of training FLOPs.
 *
 * @param minFlops lower end, positive
 * @param maxFlops upper end, above the lower
 */
public record Domain(double minFlops, double maxFlops) {
    public Domain {
        if (!(minFlops > 0 && minFlops < maxFlops) || Double.isInfinite(maxFlops)) {
            throw new IllegalArgumentException(
                    "minFlops " + minFlops + " and maxFlops " + maxFlops + " must be positive, finite and ascending");
        }
    }

    /** Whether the range holds the FLOPs, ends included. */
    public boolean contains(double computeFlops) {
        return minFlops <= computeFlops && computeFlops <= maxFlops;
    }

    /** The smallest range that holds both. */
    public Domain union(Domain other) {
        return new Domain(Math.min(minFlops, other.minFlops), Math.max(maxFlops, other.maxFlops));
    }

    /** FLOPs at equal distances in the logarithm, both ends among them, ascending. */
    public double[] logSpaced(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("count must be at least 2, got " + count);
        }
        double low = Math.log(minFlops);
        double step = (Math.log(maxFlops) - low) / (count - 1);
        double[] flops = new double[count];
        for (int i = 0; i < count; i++) {
            flops[i] = Math.min(maxFlops, Math.max(minFlops, Math.exp(low + i * step)));
        }
        flops[0] = minFlops;
        flops[count - 1] = maxFlops;
        return flops;
    }
}
