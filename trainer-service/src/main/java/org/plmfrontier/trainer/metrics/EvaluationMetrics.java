package org.plmfrontier.trainer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.trainer.evaluator.EvaluationObserver;

/** Counts evaluations and the device time that they take. */
public final class EvaluationMetrics implements EvaluationObserver {
    private static final String EVALUATIONS = "trainer.evaluations";

    private final MeterRegistry registry;
    private final Counter retries;

    /** Registers every counter at once, so that none is absent before its first event. */
    public EvaluationMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.retries = Counter.builder("trainer.evaluation.retries")
                .description("Attempts at evaluations that failed and were made again")
                .register(registry);
        for (EvaluationKind kind : EvaluationKind.values()) {
            evaluations("measured", kind.text());
            evaluations("unusable", kind.text());
            evaluations("gone", kind.text());
            seconds(kind.text());
        }
        evaluations("dead_lettered", "any");
    }

    @Override
    public void evaluated(DownstreamEvaluated result) {
        String kind = result.evaluation().kind().text();
        evaluations(outcome(result), kind).increment();
        seconds(kind).increment(result.seconds());
    }

    private static String outcome(DownstreamEvaluated result) {
        return result.gone() != null ? "gone" : result.measures().isEmpty() ? "unusable" : "measured";
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void deadLettered() {
        evaluations("dead_lettered", "any").increment();
    }

    private Counter evaluations(String outcome, String kind) {
        return Counter.builder(EVALUATIONS)
                .description("States evaluated beside their loss")
                .tag("outcome", outcome)
                .tag("kind", kind)
                .register(registry);
    }

    private Counter seconds(String kind) {
        return Counter.builder("trainer.evaluation.device.seconds")
                .description("Time of the device in evaluations")
                .tag("kind", kind)
                .register(registry);
    }
}
