package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.plan.DeviceSpeed;
import org.plmfrontier.dataset.plan.RunCost;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.source.Sources;

/**
 * How much time of one device the evaluations of a study will take: what the same evaluation took of a model of the same size, else
 * the FLOPs of its forward passes at the speed at which the device trains. Thread-safe.
 */
public final class EvaluationTimes {
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Sources sources;
    private final EvaluationStore store;
    private final RecentReads<Read> recent;

    /**
     * Time of an evaluation.
     *
     * @param states that it is asked of
     * @param measuredStates of these, how many are of a size at which it has been measured
     * @param seconds of one device, all states together
     */
    public record Estimate(String name, long states, long measuredStates, double seconds) {}

    /** A read evaluation. */
    private record Read(EvaluationSpec spec, Map<String, ProteinLengths> lengths) {}

    /** Files are read again after half a minute. */
    public EvaluationTimes(Sources sources, EvaluationStore store, InstantSource clock) {
        this.sources = sources;
        this.store = store;
        this.recent = new RecentReads<>(KEPT, clock);
    }

    /**
     * The times of a study's evaluations, in their order.
     *
     * @throws org.plmfrontier.dataset.refusal.RefusedException where a file is not there
     */
    public List<Estimate> of(StudyPlan plan, List<WantedEvaluation> evaluations, DeviceSpeed speed) throws IOException {
        Map<Double, Map<String, Long>> within = within(plan);
        List<Estimate> estimates = new ArrayList<>();
        for (WantedEvaluation wanted : evaluations) {
            Double percent = wanted.everyPercent();
            Map<String, Long> ofRuns = percent == null ? Map.of() : within.getOrDefault(percent, Map.of());
            estimates.add(of(plan, wanted, ofRuns, speed));
        }
        return estimates;
    }

    /** @param within run id to the states within the run that are wanted */
    private Estimate of(StudyPlan plan, WantedEvaluation wanted, Map<String, Long> within, DeviceSpeed speed)
            throws IOException {
        Read read = recent.of(wanted, this::read);
        Map<Long, Double> measured = store.seconds(read.spec().hash());
        long states = 0;
        long known = 0;
        double seconds = 0;
        for (RunSpec run : plan.runs()) {
            long ofRun = run.budgets().size() + within.getOrDefault(run.runId(), 0L);
            Double each = measured.get(ParameterCount.of(run.shape()).exact());
            states += ofRun;
            if (each != null) {
                known += ofRun;
                seconds += ofRun * each;
            } else {
                ForwardLoad load = ForwardLoad.of(
                        wanted.kind(), wanted.options(), run.shape().family(), read.lengths());
                double flops = RunCost.forward(run.shape(), load.tokens(), load.tokensSquared());
                seconds += ofRun * flops / speed.at(run);
            }
        }
        return new Estimate(wanted.name(), states, known, seconds);
    }

    /** How far apart to run id to the states that are kept there, in one pass: a plan may have tens of thousands of jobs. */
    private static Map<Double, Map<String, Long>> within(StudyPlan plan) {
        Map<Double, Map<String, Long>> within = new HashMap<>();
        for (BatchJob job : plan.jobs()) {
            List<Double> marks = job.marks();
            if (job.keepsState() && marks != null) {
                marks.forEach(percent -> within.computeIfAbsent(percent, key -> new HashMap<>())
                        .merge(job.run().runId(), 1L, Long::sum));
            }
        }
        return within;
    }

    private Read read(WantedEvaluation wanted) throws IOException {
        long most = ForwardLoad.mostTokens(wanted.kind(), wanted.options());
        Map<String, ProteinLengths> lengths = new HashMap<>();
        List<EvaluationData> data = new ArrayList<>();
        for (Map.Entry<String, List<String>> role : wanted.files().entrySet()) {
            for (int i = 0; i < role.getValue().size(); i++) {
                String field = wanted.field() + ".files." + role.getKey() + "[" + i + "]";
                try (EvaluationFile file = EvaluationFile.read(
                                sources, field, role.getKey(), role.getValue().get(i));
                        InputStream content = file.open()) {
                    data.add(file.about());
                    lengths.computeIfAbsent(role.getKey(), key -> new ProteinLengths(most))
                            .add(role.getKey(), content);
                }
            }
        }
        return new Read(
                new EvaluationSpec(wanted.name(), wanted.kind(), new TreeMap<>(wanted.options()), data), lengths);
    }
}
