package org.plmfrontier.fitting.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * Gauges of the studies that changed last, refreshed as a whole. Series of single runs exist only while the run trains.
 * Thread-safe.
 */
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
    private final RecentStudies recent;
    private final Map<String, FitGauges> fitted = new ConcurrentHashMap<>();

    public StudyMeters(MeterRegistry registry, EventCounters counters, MeterSettings settings) {
        recent = new RecentStudies(settings.studies());
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
        FunctionCounter.builder("plm.events.consumed", counters, EventCounters::events)
                .description("Records taken from training-events, refused ones included")
                .register(registry);
        FunctionCounter.builder("plm.dead.letters", counters, EventCounters::deadLetters)
                .description("Records of training-events that were refused")
                .register(registry);
    }

    /** Notes one fit and what it says. */
    public void refitted(StudyFit fit, Duration took) {
        refits.record(took);
        fitted.put(fit.study().id(), FitGauges.of(fit));
    }

    /** Replaces all gauges by those of the present state of the studies that changed last. */
    public synchronized void refresh(List<Study> all) {
        List<Study> studies = recent.of(all);
        fitted.keySet().retainAll(studies.stream().map(Study::id).collect(Collectors.toSet()));
        speed.register(studies.stream().flatMap(StudyMeters::speeds).toList(), true);
        states.register(studies.stream().flatMap(StudyMeters::states).toList(), true);
        remaining.register(
                studies.stream()
                        .map(study -> Row.of(StudyTags.of(study), study.remainingFlops()))
                        .toList(),
                true);
        loss.register(rows(FitGauges::losses), true);
        plateaus.register(rows(FitGauges::plateaus), true);
        exponents.register(rows(FitGauges::exponents), true);
        answers.register(rows(FitGauges::answers), true);
    }

    private List<Row<?>> rows(Function<FitGauges, List<Row<?>>> kind) {
        List<Row<?>> rows = new ArrayList<>();
        fitted.values().forEach(gauges -> rows.addAll(kind.apply(gauges)));
        return rows;
    }

    private static Stream<Row<?>> speeds(Study study) {
        return study.knownRuns().stream()
                .flatMap(run -> run.tokensPerSecond().map(value -> Row.of(StudyTags.of(run), value)).stream());
    }

    private static Stream<Row<?>> states(Study study) {
        List<Run> runs = study.knownRuns();
        return Arrays.stream(RunState.values())
                .map(state -> Row.of(
                        StudyTags.of(study).and("state", state.name()),
                        runs.stream().filter(run -> run.state() == state).count()));
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
