package org.plmfrontier.fitting.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEventDownstreamEvaluatedBuilder;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** What the view of a large study's evaluations costs, and that a kept verdict is the one that would be reckoned again. */
class EvaluationsViewTest {
    private static final int RUNS = 300;
    private static final int METRICS = 12;
    private static final long SEED = 20240612;

    @Test
    void theSameResultsHaveTheSameViewWhichIsReckonedOnce() {
        PlantedStudy planted = PlantedStudy.ofMany("view", RUNS, 40, SEED);
        Studies studies = new Studies(StepThinning.USUAL);
        studies.add(planted.all());
        Study study = studies.find("view").orElseThrow();
        List<DownstreamEvaluated> results = results(planted);
        Verdicts verdicts = new Verdicts(100);
        double[] seconds = new double[2];
        EvaluationsView fresh = timed(seconds, 0, () -> view(study, results, verdicts));
        EvaluationsView again = timed(seconds, 1, () -> view(study, results, verdicts));
        System.out.printf(
                "seed %d: %d runs, %d states, %d metrics: %.3f s of a processor, with verdicts that are known %.3f s%n",
                SEED, RUNS, results.size(), METRICS, seconds[0], seconds[1]);
        assertThat(fresh.evaluations().getFirst().metrics()).hasSize(METRICS);
        assertThat(again).isEqualTo(fresh).isEqualTo(view(study, results, new Verdicts(1)));
        EvaluationsView later = view(study, results.subList(0, results.size() / 2), verdicts);
        assertThat(later)
                .as("fewer states are another question")
                .isEqualTo(view(study, results.subList(0, results.size() / 2), new Verdicts(1)))
                .isNotEqualTo(fresh);
        assertThat(seconds[1]).isLessThan(seconds[0] / 2);
    }

    private static EvaluationsView view(Study study, List<DownstreamEvaluated> results, Verdicts verdicts) {
        return EvaluationsView.of(study, results, family -> null, verdicts);
    }

    private static <T> T timed(double[] seconds, int place, Supplier<T> work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        T result = work.get();
        seconds[place] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        return result;
    }

    private static List<DownstreamEvaluated> results(PlantedStudy planted) {
        EvaluationSpec spec = new EvaluationSpec("scans", EvaluationKind.VARIANT_EFFECT, new TreeMap<>(), List.of());
        List<DownstreamEvaluated> results = new ArrayList<>();
        for (TrainingEvent event : planted.training()) {
            if (event instanceof HeldOutEvaluated state) {
                List<Measure> measures = new ArrayList<>();
                for (int i = 0; i < METRICS; i++) {
                    double value = 0.9 - 0.1 * state.lossNats() + 0.01 * Math.sin(17 * i + 1e5 * state.lossNats());
                    measures.add(new Measure("spearman", "scan " + i, value, value - 0.01, value + 0.01, 100));
                }
                results.add(TrainingEventDownstreamEvaluatedBuilder.builder()
                        .studyId(state.studyId())
                        .runId(state.runId())
                        .step(state.step())
                        .tokens(state.tokens())
                        .computeFlops(state.computeFlops())
                        .evaluation(spec)
                        .measures(measures)
                        .baselines(Map.of("BLOSUM62", List.of(new Measure("spearman", "scan 0", 0.2, 100))))
                        .findings(List.of())
                        .seconds(0.5)
                        .trainer("t")
                        .at(state.at())
                        .build());
            }
        }
        return results;
    }
}
