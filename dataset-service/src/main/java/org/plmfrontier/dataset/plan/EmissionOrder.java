package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.plmfrontier.contracts.job.BatchJob;

/**
 * In which order the slices of all runs are published: by the share of its run that is done when a slice starts, at
 * equal share the cheaper first. So every size starts before any goes far, and all of them advance together.
 */
final class EmissionOrder {
    private record Place(BatchJob job, double share) {}

    private static final Comparator<Place> ORDER = Comparator.comparingDouble(Place::share)
            .thenComparingDouble(place -> place.job().expectedFlops())
            .thenComparing(place -> place.job().run().runId());

    private EmissionOrder() {}

    /** @param runs the slices of each run, in the order of the run; that order is kept */
    static List<BatchJob> interleave(List<List<BatchJob>> runs) {
        List<Place> places = new ArrayList<>();
        for (List<BatchJob> slices : runs) {
            double done = slices.isEmpty() ? 0 : before(slices.getFirst());
            for (BatchJob slice : slices) {
                places.add(new Place(slice, done / slice.run().expectedFlops()));
                done += slice.expectedFlops();
            }
        }
        places.sort(ORDER);
        return places.stream().map(Place::job).toList();
    }

    /** About the FLOPs of the run before a slice. */
    private static double before(BatchJob slice) {
        return slice.run().expectedFlops() * slice.fromRecord() / slice.run().endRecord();
    }
}
