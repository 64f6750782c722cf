package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * A study as it will be trained.
 *
 * @param runs in the order of the grid
 * @param partitions run id to partition of the jobs topic
 * @param jobs the slices to publish, in this order: all of a new study, the added ones of an extended one
 */
public record StudyPlan(StudySpec spec, List<RunSpec> runs, Map<String, Integer> partitions, List<BatchJob> jobs) {
    public StudyPlan {
        runs = List.copyOf(runs);
        partitions = Map.copyOf(partitions);
        jobs = List.copyOf(jobs);
    }

    /**
     * What a study finds occupied.
     *
     * @param busy FLOPs already waiting per partition; its length is the number of partitions
     * @param deletedRuns ids of runs of earlier studies of its id, which its own runs do not get
     */
    public record Occupied(double[] busy, Set<String> deletedRuns) {
        public Occupied {
            deletedRuns = Set.copyOf(deletedRuns);
        }
    }

    /** Plans the first study of its id, see {@link #of(StudySpec, CorpusRef, LoadProfile, Slicing, Occupied)}. */
    public static StudyPlan of(StudySpec spec, CorpusRef corpus, LoadProfile profile, Slicing slicing, double[] busy) {
        return of(spec, corpus, profile, slicing, new Occupied(busy, Set.of()));
    }

    /**
     * Plans a study.
     *
     * @param profile loads of the corpus's records
     * @throws org.plmfrontier.dataset.refusal.RefusedException where the grid cannot run, naming the field
     */
    public static StudyPlan of(
            StudySpec spec, CorpusRef corpus, LoadProfile profile, Slicing slicing, Occupied occupied) {
        List<RunSpec> runs = new RunPlanner(spec, corpus, profile, occupied.deletedRuns()).runs();
        double largest = runs.stream().mapToDouble(RunSpec::expectedFlops).max().orElseThrow();
        List<List<BatchJob>> slices = new ArrayList<>();
        long count = 0;
        for (RunSpec run : runs) {
            slices.add(SliceCutter.of(run, profile, slicing, largest).slices());
            count += slices.getLast().size();
            GridBounds.requireSlices(count, run);
        }
        return new StudyPlan(
                spec, runs, PartitionAssignment.assign(runs, occupied.busy()), EmissionOrder.interleave(slices));
    }

    /**
     * Plans what is added to runs that are known: what an extension adds, or what is missing of runs whose plan was lost.
     *
     * @param spec the larger study
     * @param known run id to what is planned already
     * @throws org.plmfrontier.dataset.refusal.RefusedException where the grid cannot run, naming the field
     */
    public static StudyPlan extension(
            StudySpec spec,
            CorpusRef corpus,
            LoadProfile profile,
            Slicing slicing,
            Occupied occupied,
            Map<String, PlannedRun> known) {
        List<RunSpec> runs = new RunPlanner(spec, corpus, profile, occupied.deletedRuns())
                .runs().stream().map(run -> known(run, known)).toList();
        double largest = runs.stream().mapToDouble(RunSpec::expectedFlops).max().orElseThrow();
        List<List<BatchJob>> slices = new ArrayList<>();
        Map<String, Integer> partitions = new HashMap<>(PartitionAssignment.assign(
                runs.stream().filter(run -> !known.containsKey(run.runId())).toList(), occupied.busy()));
        for (RunSpec run : runs) {
            SliceCutter cutter = SliceCutter.of(run, profile, slicing, largest);
            PlannedRun before = known.get(run.runId());
            if (before == null) {
                slices.add(cutter.slices());
            } else if (!before.over()) {
                slices.add(cutter.slicesFrom(before.plannedTo(), before.slices()));
            }
            if (before != null) {
                partitions.put(run.runId(), before.partition());
            }
        }
        return new StudyPlan(spec, runs, partitions, EmissionOrder.interleave(slices));
    }

    /**
     * The next slices of runs whose slices run out.
     *
     * @param largestRun FLOPs of the study's largest run
     */
    public static List<BatchJob> further(
            List<PlannedRun> runs, LoadProfile profile, Slicing slicing, double largestRun) {
        return EmissionOrder.interleave(runs.stream()
                .map(run -> SliceCutter.of(run.spec(), profile, slicing, largestRun)
                        .slicesFrom(run.plannedTo(), run.slices()))
                .toList());
    }

    /**
     * A known run keeps the references that it was planned with: others, of a corpus built again, make no other run. It
     * keeps its id, too, which in studies of old is the cell alone.
     */
    private static RunSpec known(RunSpec wanted, Map<String, PlannedRun> known) {
        PlannedRun before = known.getOrDefault(wanted.runId(), known.get(RunNames.cell(wanted.runId())));
        if (before == null) {
            return wanted;
        }
        RunSpec run = wanted.withReferences(before.spec().corpus().references())
                .withRunId(before.spec().runId());
        if (before.over()) {
            return before.spec();
        }
        if (!before.spec().equals(run) && !run.goesOnFrom(before.spec())) {
            throw new IllegalArgumentException("run " + run.runId() + " would be another one than is planned already");
        }
        return run;
    }

    /** The plan with jobs that are there already in front of those to be published. */
    public StudyPlan behind(List<BatchJob> published) {
        List<BatchJob> all = new ArrayList<>(published);
        all.addAll(jobs);
        return new StudyPlan(spec, runs, partitions, all);
    }

    /** Cells of the grid that are left out, a sentence for each reason. */
    public static List<String> omissions(StudySpec spec, CorpusRef corpus, LoadProfile profile) {
        return new CellGrid(spec, corpus, profile).omissions();
    }

    /** Training FLOPs of all runs, unpadded. */
    public double expectedFlops() {
        return runs.stream().mapToDouble(RunSpec::expectedFlops).sum();
    }
}
