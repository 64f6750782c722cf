package org.plmfrontier.dataset.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.dataset.evaluation.EvaluationTimes;
import org.plmfrontier.dataset.evaluation.WantedEvaluation;
import org.plmfrontier.dataset.plan.StudyPlan;

/** What a preview says of the evaluations of a study. */
final class EvaluationSentences {
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private EvaluationSentences() {}

    /** Of how many states they are asked, and what is kept for them. */
    static String states(StudyPlan plan, List<WantedEvaluation> evaluations) {
        long ends = plan.runs().stream().mapToLong(run -> run.budgets().size()).sum();
        String sentence =
                "evaluations: %d of each of %d states at the ends of budgets".formatted(evaluations.size(), ends);
        List<BatchJob> kept = plan.jobs().stream().filter(BatchJob::keepsState).toList();
        if (!kept.isEmpty()) {
            long within = evaluations.stream()
                    .mapToLong(evaluation -> kept.stream()
                            .filter(job -> job.marks() != null && job.marks().contains(evaluation.everyPercent()))
                            .count())
                    .sum();
            double bytes =
                    kept.stream().mapToDouble(EvaluationSentences::stateBytes).sum();
            sentence += String.format(
                    Locale.ROOT,
                    ", and %d at %d states within runs, of which the checkpoints (%.3g GB together) are kept until they are measured",
                    within,
                    kept.size(),
                    bytes / BYTES_PER_GIGABYTE);
        }
        return sentence + "; beside the slices and behind them";
    }

    private static double stateBytes(BatchJob job) {
        return ParameterCount.of(job.run().shape()).stateBytes();
    }

    /**
     * How long they take.
     *
     * @param trainingSeconds of one device
     * @param ofTime whether the study's budget is of time
     */
    static String times(List<EvaluationTimes.Estimate> estimates, double trainingSeconds, boolean ofTime) {
        double seconds = seconds(estimates);
        String each = estimates.stream()
                .map(one -> one.name() + " " + Spans.of(one.seconds())
                        + (one.measuredStates() == one.states()
                                ? " as measured"
                                : one.measuredStates() == 0
                                        ? ""
                                        : ", " + one.measuredStates() + " of " + one.states() + " states as measured"))
                .collect(Collectors.joining("; "));
        return "evaluations take about %s of one device %s (%s): an estimate by the FLOPs of their forward passes at the speed of training where none was measured, without what the processors do; training takes %s"
                .formatted(
                        Spans.of(seconds),
                        ofTime ? "on top of the budget, which is for training" : "on top",
                        each,
                        Spans.of(trainingSeconds));
    }

    /** A warning where they take more than the training does. */
    static List<String> warnings(List<EvaluationTimes.Estimate> estimates, double trainingSeconds) {
        double seconds = seconds(estimates);
        if (seconds <= trainingSeconds) {
            return List.of();
        }
        EvaluationTimes.Estimate longest = estimates.stream()
                .max(Comparator.comparingDouble(EvaluationTimes.Estimate::seconds))
                .orElseThrow();
        return List.of(
                "the evaluations take about %s of one device, more than the %s of the training; most of it %s (%s): fewer states, proteins, maskings or pseudoSequences take less"
                        .formatted(
                                Spans.of(seconds),
                                Spans.of(trainingSeconds),
                                longest.name(),
                                Spans.of(longest.seconds())));
    }

    static double seconds(List<EvaluationTimes.Estimate> estimates) {
        return estimates.stream().mapToDouble(EvaluationTimes.Estimate::seconds).sum();
    }
}
