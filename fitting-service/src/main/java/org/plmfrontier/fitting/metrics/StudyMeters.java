package org.plmfrontier.fitting.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.Tally;

/** Gauges of all studies, refreshed as a whole. Series of single runs exist only while the run trains. Thread-safe. */
@ApplicationScoped
public class StudyMeters {
    private final MultiGauge loss;
    private final MultiGauge speed;
    private final MultiGauge states;
    private final MultiGauge remaining;
    private final MultiGauge exponents;
    private final MultiGauge plateaus;
    private final MultiGauge answers;
    private final Timer refits;

    public StudyMeters(MeterRegistry registry, Tally tally) {
        loss = gauge(registry, "plm.run.loss", "Smoothed training loss of runs that train, nats per residue");
        speed = gauge(registry, "plm.run.tokens.per.second", "Training tokens per second of runs that train");
        states = gauge(registry, "plm.runs", "Runs by state");
        remaining = gauge(registry, "plm.study.remaining.flops", "Training FLOPs still to spend");
        exponents = gauge(
                registry,
                "plm.frontier.exponent",
                "Exponents of the frontier by family and method: value, low and high");
        plateaus = gauge(registry, "plm.run.plateau", "1 where a run that trains has reached its plateau, else 0");
        answers =
                gauge(registry, "plm.frontier.identifiable", "1 where approach 1 has an answer for the family, else 0");
        refits = Timer.builder("plm.refit").description("Fits of a study").register(registry);
        FunctionCounter.builder("plm.events.consumed", tally, Tally::events)
                .description("Records taken from training-events, refused ones included")
                .register(registry);
        FunctionCounter.builder("plm.dead.letters", tally, Tally::deadLetters)
                .description("Records of training-events that were refused")
                .register(registry);
    }

    /** Notes one fit. */
    public void refitted(Duration took) {
        refits.record(took);
    }

    /** Replaces all gauges by the present state. */
    public void refresh(List<Study> studies, List<StudyFit> fits) {
        loss.register(fits.stream().flatMap(StudyMeters::losses).toList(), true);
        speed.register(studies.stream().flatMap(StudyMeters::speeds).toList(), true);
        states.register(studies.stream().flatMap(StudyMeters::states).toList(), true);
        remaining.register(
                studies.stream()
                        .map(study -> Row.of(tags(study), study.remainingFlops()))
                        .toList(),
                true);
        exponents.register(fits.stream().flatMap(StudyMeters::exponents).toList(), true);
        plateaus.register(fits.stream().flatMap(StudyMeters::plateaus).toList(), true);
        answers.register(fits.stream().flatMap(StudyMeters::answers).toList(), true);
    }

    private static Stream<Row<?>> plateaus(StudyFit fit) {
        return fit.runs().values().stream()
                .filter(run -> run.run().state() == RunState.TRAINING)
                .map(run -> Row.of(tags(run.run()), run.verdict() instanceof PlateauVerdict.Plateau ? 1 : 0));
    }

    private static Stream<Row<?>> answers(StudyFit fit) {
        return fit.families().values().stream()
                .map(family -> Row.of(
                        tags(fit.study()).and("family", family.family()),
                        family.envelope().result().isPresent() ? 1 : 0));
    }

    private static Stream<Row<?>> losses(StudyFit fit) {
        return fit.runs().values().stream()
                .filter(run -> run.run().state() == RunState.TRAINING)
                .flatMap(run -> run.currentLossNats().map(nats -> Row.of(tags(run.run()), nats)).stream());
    }

    private static Stream<Row<?>> speeds(Study study) {
        return study.knownRuns().stream()
                .flatMap(run -> run.tokensPerSecond().map(value -> Row.of(tags(run), value)).stream());
    }

    private static Stream<Row<?>> states(Study study) {
        List<Run> runs = study.knownRuns();
        return Arrays.stream(RunState.values())
                .map(state -> Row.of(
                        tags(study).and("state", state.name()),
                        runs.stream().filter(run -> run.state() == state).count()));
    }

    private static Stream<Row<?>> exponents(StudyFit fit) {
        List<Row<?>> rows = new ArrayList<>();
        for (FamilyFit family : fit.families().values()) {
            Tags tags = tags(fit.study()).and("family", family.family());
            family.envelope().result().ifPresent(found -> {
                addRows(rows, tags.and("method", "a1", "exponent", "a"), found.a());
                addRows(rows, tags.and("method", "a1", "exponent", "b"), found.b());
            });
            family.surfaces()
                    .forEach((method, outcome) -> outcome.result().ifPresent(found -> {
                        Tags by = tags.and("method", method.label());
                        found.a().ifPresent(a -> addRows(rows, by.and("exponent", "a"), a));
                        found.b().ifPresent(b -> addRows(rows, by.and("exponent", "b"), b));
                    }));
        }
        return rows.stream();
    }

    private static void addRows(List<Row<?>> rows, Tags tags, Estimate estimate) {
        rows.add(Row.of(tags.and("bound", "value"), estimate.value()));
        rows.add(Row.of(tags.and("bound", "low"), estimate.low()));
        rows.add(Row.of(tags.and("bound", "high"), estimate.high()));
    }

    private static Tags tags(Study study) {
        return Tags.of("study", study.id());
    }

    private static Tags tags(Run run) {
        return Tags.of("study", run.studyId(), "run", run.runId(), "family", run.family());
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
