package org.plmfrontier.dataset.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.Corpus;

/** A build that waits or runs. Thread-safe. */
final class Build {
    private final Corpus corpus;
    private final @Nullable Corpus repaired;
    private final BuildProgress progress;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * @param repaired the corpus as it was, where its logs are written again; null for a first build
     */
    Build(Corpus corpus, @Nullable Corpus repaired, BuildProgress progress) {
        this.corpus = corpus;
        this.repaired = repaired;
        this.progress = progress;
    }

    Corpus corpus() {
        return corpus;
    }

    @Nullable
    Corpus repaired() {
        return repaired;
    }

    BuildProgress progress() {
        return progress;
    }

    /** Runs it in the calling thread, unless it was cancelled while it waited. */
    void run(Runnable work) {
        if (!begin()) {
            return;
        }
        try {
            work.run();
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        return !progress.isCancelled();
    }

    /** What interrupted the build is nothing to what the thread does next. */
    private synchronized void end() {
        thread = null;
        ended.countDown();
        boolean unused = Thread.interrupted();
    }

    /**
     * Ends it soon: it stops at the next thing it does, and a program that it waits for is ended.
     *
     * @return whether it runs; one that waits will not begin
     */
    synchronized boolean cancel() {
        progress.cancel();
        if (thread != null) {
            thread.interrupt();
        }
        return thread != null;
    }

    /** Waits until it has ended; whether it has. */
    boolean await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
