package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * A study as it will be trained.
 *
 * @param runs in the order of the grid
 * @param partitions run id to partition of the jobs topic
 * @param jobs all slices, in the order in which they are published
 */
public record StudyPlan(StudySpec spec, List<RunSpec> runs, Map<String, Integer> partitions, List<BatchJob> jobs) {
    public StudyPlan {
        runs = List.copyOf(runs);
        partitions = Map.copyOf(partitions);
        jobs = List.copyOf(jobs);
    }

    /**
     * Plans a study.
     *
     * @param profile loads of the corpus's records
     * @param busy FLOPs already waiting per partition; its length is the number of partitions
     * @throws org.plmfrontier.dataset.refusal.RefusedException where the grid cannot run, naming the field
     */
    public static StudyPlan of(StudySpec spec, CorpusRef corpus, LoadProfile profile, Slicing slicing, double[] busy) {
        List<RunSpec> runs = new RunPlanner(spec, corpus, profile).runs();
        double largest = runs.stream().mapToDouble(RunSpec::expectedFlops).max().orElseThrow();
        List<List<BatchJob>> slices = new ArrayList<>();
        for (RunSpec run : runs) {
            RunCost cost = new RunCost(run.shape(), profile);
            double target = slicing.target(largest, run.expectedFlops());
            slices.add(new SliceCutter(run, cost, target).slices());
        }
        return new StudyPlan(spec, runs, PartitionAssignment.assign(runs, busy), EmissionOrder.interleave(slices));
    }

    /** Training FLOPs of all runs, unpadded. */
    public double expectedFlops() {
        return runs.stream().mapToDouble(RunSpec::expectedFlops).sum();
    }
}
