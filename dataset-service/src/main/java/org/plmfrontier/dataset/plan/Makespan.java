package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How long the runs of a study take together on a number of trainers. A run is trained by one trainer at a time, the longest ones
 * first (longest processing time first: at most 4/3 of the shortest possible time, Graham 1969); with shards it is
 * trained on all devices of its trainer, at best so many times as fast.
 *
 * @param trainers how many
 * @param devicesEach devices of each
 * @param hours until the last run is over; checkpoints, evaluations and the exchange of gradients come on top
 * @param idleShare share of the trainers' time after their last run, or without any
 */
public record Makespan(int trainers, int devicesEach, double hours, double idleShare) {
    private static final double ROUNDING = 1e-9;

    /**
     * Of 1, 2, 4, ... trainers, up to the number with which the longest run alone decides; with shards the same for 2, 4, ...
     * devices each.
     *
     * @param runHours time of one device at each run, at least one of them
     * @param shards of the recipe, 1 where a run is trained on one device
     */
    public static List<Makespan> of(List<Double> runHours, int shards) {
        List<Makespan> found = new ArrayList<>();
        for (int devices = 1; devices <= shards; devices *= 2) {
            int each = devices;
            List<Double> hours = runHours.stream()
                    .map(run -> run / each)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (int trainers = 1; ; trainers = Math.min(2 * trainers, hours.size())) {
                Makespan one = scheduled(hours, trainers, each);
                found.add(one);
                if (trainers == hours.size() || one.hours <= hours.getFirst() * (1 + ROUNDING)) {
                    break;
                }
            }
        }
        return List.copyOf(found);
    }

    private static Makespan scheduled(List<Double> descending, int trainers, int devicesEach) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int i = 0; i < trainers; i++) {
            free.add(0.0);
        }
        double last = 0;
        double sum = 0;
        for (double run : descending) {
            double end = free.remove() + run;
            free.add(end);
            last = Math.max(last, end);
            sum += run;
        }
        return new Makespan(trainers, devicesEach, last, Math.max(0, 1 - sum / (trainers * last)));
    }
}
