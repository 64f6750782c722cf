package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.fitting.catalog.MeasuredModel;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.usefulness.BestStates;
import org.plmfrontier.fitting.usefulness.LossToMetric;
import org.plmfrontier.fitting.usefulness.MeasuredState;
import org.plmfrontier.fitting.usefulness.MeasuredStateBuilder;
import org.plmfrontier.fitting.usefulness.MetricVerdict;

/**
 * One metric of an evaluation, of the runs of one family.
 *
 * @param metric for example {@code spearman}, {@code q3}, {@code perplexity}
 * @param subject of what: an assay, a layer; empty for all of the evaluation's data together
 * @param higherIsBetter false of perplexities
 * @param states by compute
 * @param baselines what predictors reach that know nothing of the model
 * @param references published models; drawn beside the states only where they are comparable
 * @param fromLoss whether the loss determines it
 * @param best null where no state has a loss
 */
@StagedBuilder
public record MetricView(
        String family,
        String metric,
        String subject,
        boolean higherIsBetter,
        List<State> states,
        List<Baseline> baselines,
        List<MeasuredModel> references,
        FromLoss fromLoss,
        @Nullable BestOf best) {
    /**
     * A state of a run.
     *
     * @param name of the run, for people
     * @param parameters N in the convention of the study
     * @param tokens training tokens of the state
     * @param computeFlops training FLOPs of the state
     * @param lossNats held-out loss of the state; null where it was not measured
     * @param value the metric
     * @param low lower end of the 95 % interval; null where the data give none
     * @param high upper end
     * @param count how many things it is over
     */
    @StagedBuilder
    public record State(
            String runId,
            String name,
            double parameters,
            long step,
            double tokens,
            double computeFlops,
            @Nullable Double lossNats,
            double value,
            @Nullable Double low,
            @Nullable Double high,
            long count) {
        private MeasuredState measured() {
            return MeasuredStateBuilder.builder()
                    .run(runId)
                    .parameters(parameters)
                    .tokens(tokens)
                    .computeFlops(computeFlops)
                    .value(value)
                    .lossNats(lossNats)
                    .low(low)
                    .high(high)
                    .build();
        }
    }

    /**
     * What a predictor reaches that knows nothing of the model.
     *
     * @param predictor for example {@code blosum62}
     * @param value the same metric
     * @param low lower end of the 95 % interval; null where the data give none
     * @param high upper end
     */
    public record Baseline(
            String predictor,
            double value,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * Whether the loss determines the metric.
     *
     * @param outcome PREDICTABLE, NOT_PREDICTABLE, or NOT_IDENTIFIABLE while there are too few states
     * @param reason why it is not; null where it is
     * @param atBudget the metric at the loss that the budget's best size is expected to reach; null where none was asked, or none
     *     is known
     * @param curve the law as pairs of loss and metric, from the lowest loss tried to the highest; empty where there is none
     */
    public record FromLoss(
            String outcome,
            @Nullable String reason,
            @Nullable Estimate atBudget,
            List<List<Double>> curve) {}

    /**
     * The state with the best metric beside that with the lowest loss.
     *
     * @param byMetric the state with the best metric, of those whose loss is known
     * @param byLoss the state with the lowest loss
     * @param differ whether these are two answers: their metrics' intervals, widened to 95 % for all states together, share no value
     * @param sentence for people
     */
    public record BestOf(State byMetric, State byLoss, boolean differ, String sentence) {}

    record Key(String family, String metric, String subject) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::subject)
                    .thenComparing(Key::metric)
                    .thenComparing(Key::family)
                    .compare(this, other);
        }
    }

    /** States of a key as they come. Not thread-safe. */
    static final class Collected {
        private static final int CURVE_POINTS = 40;
        private final Key key;
        private final List<State> states = new ArrayList<>();
        private final Map<String, Baseline> baselines = new LinkedHashMap<>();

        Collected(Key key) {
            this.key = key;
        }

        Key key() {
            return key;
        }

        void add(State state, Map<String, List<Measure>> predictors) {
            states.add(state);
            predictors.forEach((predictor, measures) -> measures.stream()
                    .filter(measure -> measure.metric().equals(key.metric())
                            && measure.subject().equals(key.subject()))
                    .findFirst()
                    .ifPresent(measure -> baselines.putIfAbsent(
                            predictor, new Baseline(predictor, measure.value(), measure.low(), measure.high()))));
        }

        MetricView view(
                EvaluationKind kind,
                EvaluationsView.Answers answers,
                Verdicts verdicts,
                List<MeasuredModel> references) {
            boolean higher = kind != EvaluationKind.PERPLEXITY;
            states.sort(Comparator.comparingDouble(State::computeFlops).thenComparing(State::runId));
            List<MeasuredState> measured = states.stream().map(State::measured).toList();
            return MetricViewBuilder.builder()
                    .family(key.family())
                    .metric(key.metric())
                    .subject(key.subject())
                    .higherIsBetter(higher)
                    .states(List.copyOf(states))
                    .baselines(List.copyOf(baselines.values()))
                    .references(references)
                    .fromLoss(fromLoss(verdicts.of(measured, higher), answers))
                    .best(best(BestStates.of(measured, higher)))
                    .build();
        }

        private FromLoss fromLoss(FitOutcome<MetricVerdict> outcome, EvaluationsView.Answers answers) {
            return switch (outcome) {
                case FitOutcome.NotIdentifiable<MetricVerdict> few ->
                    new FromLoss("NOT_IDENTIFIABLE", few.reason(), null, List.of());
                case FitOutcome.NotConverged<MetricVerdict> failed ->
                    new FromLoss("NOT_IDENTIFIABLE", failed.reason(), null, List.of());
                case FitOutcome.Fitted<MetricVerdict> fitted ->
                    switch (fitted.value()) {
                        case MetricVerdict.NotPredictable not ->
                            new FromLoss("NOT_PREDICTABLE", not.reason(), null, List.of());
                        case MetricVerdict.Predictable law -> {
                            AnswerView answer = answers.apply(key.family());
                            AnswerView.Best best = answer == null ? null : answer.best();
                            yield new FromLoss(
                                    "PREDICTABLE",
                                    null,
                                    best == null ? null : LossToMetric.at(law, best.lossNats(), Verdicts.BOOTSTRAP),
                                    curve(law));
                        }
                    };
            };
        }

        private static List<List<Double>> curve(MetricVerdict.Predictable law) {
            List<List<Double>> curve = new ArrayList<>();
            for (int i = 0; i <= CURVE_POINTS; i++) {
                double loss = law.law().lowestNats() + law.law().spanNats() * i / CURVE_POINTS;
                curve.add(List.of(loss, law.law().applyAsDouble(loss)));
            }
            return curve;
        }

        private @Nullable BestOf best(Optional<BestStates> found) {
            return found.map(both -> {
                        State byMetric = of(both.byMetric());
                        State byLoss = of(both.byLoss());
                        return new BestOf(byMetric, byLoss, both.differ(), sentence(byMetric, byLoss, both.differ()));
                    })
                    .orElse(null);
        }

        private State of(MeasuredState state) {
            return states.stream()
                    .filter(one -> one.runId().equals(state.run())
                            && one.tokens() == state.tokens()
                            && one.value() == state.value())
                    .findFirst()
                    .orElseThrow();
        }

        private String sentence(State byMetric, State byLoss, boolean differ) {
            if (byMetric.equals(byLoss)) {
                return "%s is best by the loss and by %s.".formatted(byLoss.name(), key.metric());
            }
            return differ
                    ? "%s has the lowest loss, %s the best %s: two answers."
                            .formatted(byLoss.name(), byMetric.name(), key.metric())
                    : "%s has the lowest loss, %s the best %s, which may be chance."
                            .formatted(byLoss.name(), byMetric.name(), key.metric());
        }
    }
}
