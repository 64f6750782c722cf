package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.fitting.catalog.MeasuredModel;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * What the states of a study's runs are good for beside their loss.
 *
 * @param evaluations by name
 */
public record EvaluationsView(String study, List<OfEvaluation> evaluations) {
    /** A loss belongs to a state where both have seen the same tokens. */
    private static final double SAME_TOKENS = 0.5;

    /**
     * An evaluation.
     *
     * @param name unique within the study
     * @param kind variant-effect, secondary-structure, contacts or perplexity
     * @param hash of kind, options and files: equal hashes measure the same
     * @param options how it is measured, by name; those that were given
     * @param files names of its files
     * @param seconds device time of all its results
     * @param findings what was set apart of the data, or why a state has no number
     * @param relatives how many of its proteins have a relative in the study's corpus; null while that was not searched
     * @param gone states that were not there any more when they were to be measured
     * @param metrics of each family, metric and subject
     */
    @StagedBuilder
    public record OfEvaluation(
            String name,
            String kind,
            String hash,
            Map<String, String> options,
            List<String> files,
            double seconds,
            List<String> findings,
            @Nullable Relatives relatives,
            int gone,
            List<MetricView> metrics) {}

    /** The answer of a family for the budget that is asked about; null where none is asked or there is none. */
    @FunctionalInterface
    public interface Answers extends Function<String, @Nullable AnswerView> {}

    /** As the other one, with verdicts that are reckoned anew. */
    public static EvaluationsView of(Study study, List<DownstreamEvaluated> results, Answers answers) {
        return of(study, results, answers, new Verdicts(1));
    }

    /**
     * The view of a study's results.
     *
     * @param verdicts those that are known
     */
    public static EvaluationsView of(
            Study study, List<DownstreamEvaluated> results, Answers answers, Verdicts verdicts) {
        Map<String, List<DownstreamEvaluated>> byHash = new LinkedHashMap<>();
        results.forEach(result -> byHash.computeIfAbsent(
                        result.evaluation().name() + " " + result.evaluation().hash(), key -> new ArrayList<>())
                .add(result));
        return new EvaluationsView(
                study.id(),
                byHash.values().stream()
                        .map(ofOne -> ofEvaluation(study, ofOne, answers, verdicts))
                        .toList());
    }

    private static OfEvaluation ofEvaluation(
            Study study, List<DownstreamEvaluated> results, Answers answers, Verdicts verdicts) {
        EvaluationSpec evaluation = results.getFirst().evaluation();
        Map<String, Run> runs = study.knownRuns().stream().collect(Collectors.toMap(Run::runId, run -> run));
        TreeSet<String> findings = new TreeSet<>();
        Map<MetricView.Key, MetricView.Collected> byMetric = new TreeMap<>();
        for (DownstreamEvaluated result : results) {
            findings.addAll(result.findings());
            Optional<Run> run = Optional.ofNullable(runs.get(result.runId()));
            for (Measure measure : result.measures()) {
                if (run.isPresent()) {
                    MetricView.Key key = new MetricView.Key(run.get().family(), measure.metric(), measure.subject());
                    byMetric.computeIfAbsent(key, MetricView.Collected::new)
                            .add(state(run.get(), result, measure), result.baselines());
                }
            }
        }
        return EvaluationsViewOfEvaluationBuilder.builder()
                .name(evaluation.name())
                .kind(evaluation.kind().text())
                .hash(evaluation.hash())
                .options(evaluation.options())
                .files(evaluation.data().stream().map(EvaluationData::name).toList())
                .seconds(results.stream()
                        .mapToDouble(DownstreamEvaluated::seconds)
                        .sum())
                .findings(List.copyOf(findings))
                .gone(Math.toIntExact(
                        results.stream().filter(result -> result.gone() != null).count()))
                .metrics(byMetric.values().stream()
                        .map(collected -> collected.view(
                                evaluation.kind(),
                                answers,
                                verdicts,
                                MeasuredModel.of(
                                        evaluation.kind(),
                                        collected.key().metric(),
                                        collected.key().subject())))
                        .toList())
                .relatives(results.stream()
                        .map(DownstreamEvaluated::relatives)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null))
                .build();
    }

    private static MetricView.State state(Run run, DownstreamEvaluated result, Measure measure) {
        return MetricViewStateBuilder.builder()
                .runId(run.runId())
                .name(run.name())
                .parameters(run.parameters())
                .step(result.step())
                .tokens(result.tokens())
                .computeFlops(result.computeFlops())
                .value(measure.value())
                .count(measure.count())
                .lossNats(loss(run, result.tokens()))
                .low(measure.low())
                .high(measure.high())
                .build();
    }

    private static @Nullable Double loss(Run run, double tokens) {
        return run.curve().finals().stream()
                .filter(point -> Math.abs(point.tokens() - tokens) <= SAME_TOKENS)
                .map(FinalPoint::lossNats)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
