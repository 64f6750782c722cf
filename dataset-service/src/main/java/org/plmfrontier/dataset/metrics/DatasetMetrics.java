package org.plmfrontier.dataset.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Supplier;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.ingest.Corpora;
import org.plmfrontier.dataset.study.Studies;
import org.plmfrontier.dataset.study.StudyStore;

/** Gauges and counters of corpora and studies; labels are the states of the two enums. */
@ApplicationScoped
public class DatasetMetrics {
    private final MeterRegistry registry;
    private final Corpora corpora;
    private final Studies studies;
    private final StudyStore store;

    public DatasetMetrics(MeterRegistry registry, Corpora corpora, Studies studies, StudyStore store) {
        this.store = store;
        this.registry = registry;
        this.corpora = corpora;
        this.studies = studies;
    }

    void register(@Observes StartupEvent event) {
        FunctionCounter.builder("plm.ingest.bytes", corpora.totals(), BuildProgress::readBytes)
                .description("Bytes of FASTA files read, as stored")
                .register(registry);
        FunctionCounter.builder("plm.ingest.sequences", corpora.totals(), BuildProgress::sequences)
                .description("Records of FASTA files seen")
                .register(registry);
        gauge(
                "plm.remaining.flops",
                "Training FLOPs left",
                () -> studies.backlog().remainingFlops());
        gauge(
                "plm.remaining.jobs",
                "Slices left of those that are cut",
                () -> studies.backlog().remainingJobs());
        gauge(
                "plm.remaining.device.seconds",
                "Time of one device for the training FLOPs left",
                () -> studies.backlog().remainingDeviceSeconds());
        gauge(
                "plm.useful.trainers",
                "Trainers that have work for some time",
                () -> studies.backlog().usefulTrainers());
        gauge(
                "plm.studies.lost",
                "Studies with jobs that are not done and no more on their topic",
                () -> studies.all().stream().filter(studies::jobsAreLost).count());
        for (CorpusState state : CorpusState.values()) {
            Gauge.builder("plm.corpora", () -> corpora(state))
                    .description("Corpora by state")
                    .tag("state", state.name())
                    .register(registry);
        }
        for (RunState state : RunState.values()) {
            Gauge.builder("plm.runs", () -> store.runsByState().getOrDefault(state, 0L))
                    .description("Runs by state")
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    private long corpora(CorpusState state) {
        return corpora.all().stream().filter(corpus -> corpus.state() == state).count();
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
