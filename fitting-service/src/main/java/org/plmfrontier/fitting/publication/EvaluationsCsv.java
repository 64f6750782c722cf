package org.plmfrontier.fitting.publication;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.evaluation.Relatives;

/** Results of evaluations as a table: a row for each state and metric, baselines as rows without a run. */
public final class EvaluationsCsv {
    private static final String HEADER =
            "evaluation,kind,metric,subject,predictor,run,name,N,D,C,step,loss,value,low,high,count"
                    + ",relatives30,relatives50,relatives90";

    private EvaluationsCsv() {}

    /** The table, with a line end behind each row. */
    public static String of(EvaluationsView view) {
        Stream<String> rows = view.evaluations().stream()
                .flatMap(evaluation -> evaluation.metrics().stream()
                        .flatMap(metric -> Stream.concat(
                                metric.states().stream().map(state -> row(evaluation, metric, state)),
                                metric.baselines().stream().map(base -> row(evaluation, metric, base)))));
        return Stream.concat(Stream.of(HEADER), rows).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(EvaluationsView.OfEvaluation evaluation, MetricView metric, MetricView.State state) {
        return cells(
                evaluation.name(),
                evaluation.kind(),
                metric.metric(),
                metric.subject(),
                "model",
                state.runId(),
                state.name(),
                state.parameters(),
                state.tokens(),
                state.computeFlops(),
                state.step(),
                state.lossNats(),
                state.value(),
                state.low(),
                state.high(),
                state.count(),
                share(evaluation, 0.3),
                share(evaluation, 0.5),
                share(evaluation, 0.9));
    }

    private static String row(EvaluationsView.OfEvaluation evaluation, MetricView metric, MetricView.Baseline base) {
        return cells(
                evaluation.name(),
                evaluation.kind(),
                metric.metric(),
                metric.subject(),
                base.predictor(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                base.value(),
                base.low(),
                base.high(),
                null,
                share(evaluation, 0.3),
                share(evaluation, 0.5),
                share(evaluation, 0.9));
    }

    /** Share of the evaluation's proteins with a relative of such an identity in the corpus; null where it is not known. */
    private static @Nullable Double share(EvaluationsView.OfEvaluation evaluation, double identity) {
        Relatives relatives = evaluation.relatives();
        return relatives == null
                ? null
                : relatives.shares().stream()
                        .filter(share -> share.identity() == identity)
                        .map(share -> (double) share.proteins() / relatives.proteins())
                        .findFirst()
                        .orElse(null);
    }

    private static String cells(@Nullable Object... values) {
        return Stream.of(values).map(EvaluationsCsv::cell).collect(Collectors.joining(","));
    }

    private static String cell(@Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case Double number -> String.format(Locale.ROOT, "%.9g", number);
            default -> value.toString();
        };
        boolean quoted = text.contains(",") || text.contains("\"") || text.contains("\n");
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
