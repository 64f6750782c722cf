package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.ProvisionalStep;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.live.FitSettings;
import org.plmfrontier.fitting.live.RefitPolicy;
import org.plmfrontier.fitting.live.RefitSettings;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.progress.ProgressSettings;
import org.plmfrontier.fitting.publication.CurveView;
import org.plmfrontier.fitting.publication.ProgressView;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.MemoryStore;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.StudyArchive;

class SlowReaderTest {
    private static final Duration TICK = Duration.ofMillis(2);
    private static final int PARTS = 40;

    private final Studies studies = new Studies(StepThinning.USUAL);
    private final Refitter refitter = new Refitter(
            studies,
            new StudyArchive(studies, new MemoryStore()),
            new RefitSettings(
                    () -> new RefitPolicy(Duration.ofSeconds(2), 0.5),
                    new FitSettings(Stiffness.crossValidated(), new Bootstrap(20, 0.95, 1)),
                    8),
            InstantSource.system(),
            refitted -> {});
    private final Progress progress =
            new Progress(studies, new ProgressSettings(Duration.ofMinutes(1), 64, 1000), System::nanoTime);
    private final List<OutboundSseEvent> read = new CopyOnWriteArrayList<>();
    private final AtomicReference<Flow.Subscription> connection = new AtomicReference<>();

    @Test
    void forAReaderThatDoesNotReadNothingIsQueuedAndItGetsInOnePieceWhatItMissed() {
        PlantedStudy planted = PlantedStudy.ofSix("slow", 120, 5);
        List<TrainingEvent> training = planted.training();
        studies.add(planted.plans());
        follow();
        reads(1);
        await().until(() -> read.size() == 1);

        for (int part = 0; part < PARTS; part++) {
            studies.add(training.subList(training.size() * part / PARTS, training.size() * (part + 1) / PARTS));
            progress.add(new ProvisionalSteps("slow", "slow-1", part, 1, "t", List.of(provisional(1_000 + part))));
            await().pollDelay(TICK.multipliedBy(5)).until(() -> true);
        }
        assertThat(read).hasSize(1);

        reads(Long.MAX_VALUE);
        await().until(() -> lastStep() == 120 && lastProvisionalStep() == 1_000 + PARTS - 1);
        assertThat(read).hasSizeLessThan(10);
        connection.get().cancel();
    }

    private void follow() {
        new LiveResource(studies, refitter, progress, new LiveSettings(TICK, TICK, Integer.MAX_VALUE, 1, 1))
                .follow("slow", new SseImpl(), () -> {})
                .subscribe()
                .withSubscriber(new Flow.Subscriber<OutboundSseEvent>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        connection.set(subscription);
                    }

                    @Override
                    public void onNext(OutboundSseEvent event) {
                        read.add(event);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        throw new AssertionError(failure);
                    }

                    @Override
                    public void onComplete() {}
                });
    }

    private void reads(long events) {
        Objects.requireNonNull(connection.get()).request(events);
    }

    private static ProvisionalStep provisional(long step) {
        return new ProvisionalStep(step, step, step, step, 3, 1e-3, 1, Instant.EPOCH);
    }

    private long lastProvisionalStep() {
        return read.stream()
                .filter(event -> "progress".equals(event.getName()))
                .flatMap(event -> ((List<?>) event.getData()).stream())
                .map(ProgressView.class::cast)
                .flatMap(view -> view.points().stream())
                .mapToLong(ProgressView.Step::step)
                .max()
                .orElse(0);
    }

    private long lastStep() {
        return read.stream()
                .filter(event -> "curves".equals(event.getName()))
                .flatMap(event -> ((List<?>) event.getData()).stream())
                .map(CurveView.class::cast)
                .filter(curve -> curve.run().runId().equals("slow-0"))
                .flatMap(curve -> curve.loss().points().stream())
                .mapToLong(point -> point.step())
                .max()
                .orElse(0);
    }
}
