package org.plmfrontier.benchmarks.suite;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trainers with slices of a minute: each publishes its steps every half second before they are committed, and commits the
 * slice as one transaction at its end; the ends are spread evenly. One reader follows the live stream.
 */
final class ProvisionalLoad {
    private static final int STEPS_PER_SECOND = 10;
    private static final int SLICE_SECONDS = 60;
    /** Publications of a trainer per second. */
    private static final int BATCHES = 2;

    private static final int BATCH = STEPS_PER_SECOND / BATCHES;
    /** Parts of the time between two publications, each with those of an equal share of the trainers. */
    private static final int PARTS = 5;

    private static final String STUDY = "provisional";

    private final FittingProcess service;
    private final SimulatedTrainers trainers;
    private final SimulatedProgress progress;
    private final StepLatency latency = new StepLatency();
    private final StepLatency committed = new StepLatency();

    private ProvisionalLoad(FittingProcess service, SimulatedTrainers trainers, SimulatedProgress progress) {
        this.service = service;
        this.trainers = trainers;
        this.progress = progress;
    }

    static void run(FittingProcess service, String servers, int runs, int minutes) throws Exception {
        SimulatedProgress.createTopic(servers);
        try (SimulatedTrainers trainers = new SimulatedTrainers(servers, STUDY, runs, 4);
                SimulatedProgress progress =
                        new SimulatedProgress(servers, trainers, STEPS_PER_SECOND * SLICE_SECONDS)) {
            trainers.plan();
            Thread.sleep(Duration.ofSeconds(3));
            new ProvisionalLoad(service, trainers, progress).run(minutes);
        }
    }

    private void run(int minutes) throws Exception {
        latency.follow(service, STUDY, "progress");
        committed.follow(service, STUDY, "curves");
        Thread.sleep(Duration.ofSeconds(2));
        System.out.printf(
                "%6s %9s %9s %11s %9s %9s %7s %7s%n",
                "minute", "p50 s", "p99 s", "committed s", "heap MiB", "RSS MiB", "cores", "points");
        try (ExecutorService commits = Executors.newSingleThreadExecutor()) {
            long start = System.nanoTime();
            for (int minute = 0; minute < minutes; minute++) {
                double cpu = service.cpuSeconds();
                latency.beginWindow();
                committed.beginWindow();
                Future<?> last = null;
                for (int second = 60 * minute; second < 60 * (minute + 1); second++) {
                    last = second(commits, start, second);
                }
                if (last != null) {
                    last.get();
                }
                System.out.printf(
                        "%6d %9.3f %9.3f %11.3f %9.0f %9.0f %7.2f %7.0f%n",
                        minute + 1,
                        latency.windowQuantile(0.5),
                        latency.windowQuantile(0.99),
                        committed.windowQuantile(0.99),
                        service.liveHeap(),
                        service.resident(),
                        (service.cpuSeconds() - cpu) / 60,
                        service.metric("plm_progress_points"));
            }
        }
        System.out.printf(
                "provisional: %d steps followed, from the step to the live stream p50 %.3f s, p99 %.3f s, most %.3f s;"
                        + " %.0f taken, %.0f of an earlier owner, %.0f undecodable%n",
                latency.measured(),
                latency.quantile(0.5),
                latency.quantile(0.99),
                latency.quantile(1),
                service.metric("plm_progress_steps_total"),
                service.metric("plm_progress_late_steps_total"),
                service.metric("plm_progress_undecodable_total"));
    }

    /** The publications of one second, and the commits of the trainers whose slices end in it. */
    private Future<?> second(ExecutorService commits, long start, int second) throws InterruptedException {
        int runs = trainers.runs();
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int part = 0; part < PARTS; part++) {
                sleepUntil(start, second + (batch + (part + 1.0) / PARTS) / BATCHES);
                long to = (long) second * STEPS_PER_SECOND + (long) (batch + 1) * BATCH;
                for (int run = runs * part / PARTS; run < runs * (part + 1) / PARTS; run++) {
                    publish(run, to);
                }
            }
        }
        int first = runs * (second % SLICE_SECONDS) / SLICE_SECONDS;
        int end = runs * (second % SLICE_SECONDS + 1) / SLICE_SECONDS;
        long done = (long) (second + 1) * STEPS_PER_SECOND;
        return commits.submit(() -> commit(first, end, done));
    }

    /** The last step of a batch happens as it is sent, the others as long before as a trainer would have made them. */
    private void publish(int run, long to) {
        long now = System.nanoTime();
        for (long step = to - BATCH + 1; step <= to; step++) {
            latency.happened(trainers.runId(run), step, now - (to - step) * 1_000_000_000L / STEPS_PER_SECOND);
        }
        progress.publish(run, (int) ((to - 1) / progress.stepsPerSlice()), to - BATCH + 1, to);
    }

    /** A slice of each of these trainers, one transaction each: all steps since their slice before. */
    private void commit(int first, int end, long done) {
        for (int run = first; run < end; run++) {
            long from = Math.max(1, done - progress.stepsPerSlice() + 1);
            trainers.slice(run, run + 1, from, done);
            committed.committed(trainers.runId(run), from, done);
        }
    }

    private static void sleepUntil(long start, double seconds) throws InterruptedException {
        double left = seconds - (System.nanoTime() - start) / 1e9;
        if (left > 0) {
            Thread.sleep(Duration.ofNanos((long) (left * 1e9)));
        }
    }
}
