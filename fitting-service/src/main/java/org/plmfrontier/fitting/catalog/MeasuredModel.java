package org.plmfrontier.fitting.catalog;

import java.util.List;
import java.util.Objects;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

/**
 * A published model with what it was measured by.
 *
 * @param model its name
 * @param parameters trained parameters
 * @param kind of the evaluation
 * @param metric as evaluations name it
 * @param subject the one assay that it is about, as ProteinGym names it; empty where it is about all of the data
 * @param value the published number, as a share where it was published as a percentage
 * @param data what it was measured on
 * @param source where it is published
 * @param comparable whether it was measured as this suite measures, on data that a study may have as well
 * @param why why it is not comparable, or what must be the same for it to be
 */
@StagedBuilder
public record MeasuredModel(
        String model,
        double parameters,
        EvaluationKind kind,
        String metric,
        String subject,
        double value,
        String data,
        String source,
        boolean comparable,
        String why) {
    public MeasuredModel {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(why, "why");
        if (!(parameters > 0)) {
            throw new IllegalArgumentException("parameters of " + model + " must be positive, got " + parameters);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric + " of " + model + " must be finite, got " + value);
        }
    }

    /**
     * Models with a metric of a kind of evaluation, a publication after another, smallest first within each: those about the
     * subject where there are any, otherwise those about all of their data.
     */
    public static List<MeasuredModel> of(EvaluationKind kind, String metric, String subject) {
        List<MeasuredModel> all = MeasuredModels.ALL.stream()
                .filter(model -> model.kind() == kind && model.metric().equals(metric))
                .toList();
        List<MeasuredModel> about =
                all.stream().filter(model -> model.subject().equals(subject)).toList();
        return about.isEmpty()
                ? all.stream().filter(model -> model.subject().isEmpty()).toList()
                : about;
    }
}
