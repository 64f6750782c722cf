package org.plmfrontier.fitting.isoflop;

import java.util.Comparator;
import java.util.List;

/**
 * All models trained with one budget.
 *
 * @param budgetFlops training FLOPs of each of them
 * @param points ascending by N
 */
public record IsoFlopProfile(double budgetFlops, List<IsoFlopPoint> points) {
    public IsoFlopProfile {
        if (!(budgetFlops > 0) || Double.isInfinite(budgetFlops)) {
            throw new IllegalArgumentException("budgetFlops must be positive and finite, got " + budgetFlops);
        }
        points = points.stream()
                .sorted(Comparator.comparingDouble(IsoFlopPoint::parameters)
                        .thenComparingDouble(IsoFlopPoint::lossNats))
                .toList();
    }

    /** The models whose N lies within a factor of that of the lowest loss. */
    IsoFlopProfile within(double factor) {
        double best = points.stream()
                .min(Comparator.comparingDouble(IsoFlopPoint::lossNats))
                .map(IsoFlopPoint::parameters)
                .orElse(1.0);
        return new IsoFlopProfile(
                budgetFlops,
                points.stream()
                        .filter(p -> p.parameters() <= factor * best && p.parameters() >= best / factor)
                        .toList());
    }

    /** Different N. */
    long sizes() {
        return points.stream().mapToDouble(IsoFlopPoint::parameters).distinct().count();
    }
}
