package org.plmfrontier.dataset.plan;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.job.RunSpec;

/** Which run goes to which partition: the longest first, each to the partition with the least work (Graham 1969). */
final class PartitionAssignment {
    private PartitionAssignment() {}

    /**
     * @param busy FLOPs already waiting per partition; its length is the number of partitions
     * @return run id to partition
     */
    static Map<String, Integer> assign(List<RunSpec> runs, double[] busy) {
        double[] load = busy.clone();
        Map<String, Integer> partitions = new LinkedHashMap<>();
        runs.stream()
                .sorted(Comparator.comparingDouble(RunSpec::expectedFlops)
                        .reversed()
                        .thenComparing(RunSpec::runId))
                .forEach(run -> {
                    int least = least(load);
                    load[least] += run.expectedFlops();
                    partitions.put(run.runId(), least);
                });
        return partitions;
    }

    private static int least(double[] load) {
        int least = 0;
        for (int i = 1; i < load.length; i++) {
            least = load[i] < load[least] ? i : least;
        }
        return least;
    }
}
