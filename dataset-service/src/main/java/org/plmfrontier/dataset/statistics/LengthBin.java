package org.plmfrontier.dataset.statistics;

/**
 * One bar of a length histogram.
 *
 * @param from fewest residues, inclusive
 * @param to most residues, exclusive
 * @param count proteins
 */
public record LengthBin(long from, long to, long count) {
    public LengthBin {
        if (from < 0 || to <= from || count < 0) {
            throw new IllegalArgumentException("impossible bin " + from + " to " + to + " with " + count);
        }
    }
}
