package org.plmfrontier.fitting.metrics;

import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Estimate;

/**
 * What Prometheus reads of one fit: numbers alone, so that the fit itself may be evicted.
 *
 * @param losses of runs that train
 * @param plateaus of runs that train
 * @param exponents by family, method and bound
 * @param answers by family
 */
record FitGauges(List<Row<?>> losses, List<Row<?>> plateaus, List<Row<?>> exponents, List<Row<?>> answers) {
    static FitGauges of(StudyFit fit) {
        List<Row<?>> losses = new ArrayList<>();
        List<Row<?>> plateaus = new ArrayList<>();
        for (RunFit run : fit.runs().values()) {
            if (run.run().state() == RunState.TRAINING) {
                Tags tags = StudyTags.of(run.run());
                run.currentLossNats().ifPresent(nats -> losses.add(Row.of(tags, nats)));
                plateaus.add(Row.of(tags, run.verdict() instanceof PlateauVerdict.Plateau ? 1 : 0));
            }
        }
        List<Row<?>> exponents = new ArrayList<>();
        List<Row<?>> answers = new ArrayList<>();
        for (FamilyFit family : fit.families().values()) {
            Tags tags = StudyTags.of(fit.study()).and("family", family.family());
            answers.add(Row.of(tags, family.envelope().result().isPresent() ? 1 : 0));
            addExponents(exponents, family, tags);
        }
        return new FitGauges(losses, plateaus, exponents, answers);
    }

    private static void addExponents(List<Row<?>> rows, FamilyFit family, Tags tags) {
        family.fits()
                .forEach((method, outcome) -> outcome.result().ifPresent(found -> {
                    Tags by = tags.and("method", method.label());
                    found.a().ifPresent(a -> addRows(rows, by.and("exponent", "a"), a));
                    found.b().ifPresent(b -> addRows(rows, by.and("exponent", "b"), b));
                }));
    }

    private static void addRows(List<Row<?>> rows, Tags tags, Estimate estimate) {
        rows.add(Row.of(tags.and("bound", "value"), estimate.value()));
        rows.add(Row.of(tags.and("bound", "low"), estimate.low()));
        rows.add(Row.of(tags.and("bound", "high"), estimate.high()));
    }
}
