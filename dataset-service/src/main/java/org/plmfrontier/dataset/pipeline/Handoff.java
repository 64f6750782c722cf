package org.plmfrontier.dataset.pipeline;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives items to a step that runs in a thread of its own, in the order in which they come. Whoever gives waits while
 * the bound is reached. A step that failed gets no further item, and the failure is thrown to the one who gives.
 * What the step wrote is visible after {@link #finish()}. For one giving thread.
 */
public final class Handoff<T> implements Consumer<T>, AutoCloseable {
    private final Consumer<T> step;
    private final Semaphore places;
    private final ExecutorService thread;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean abandoned;

    /**
     * @param name of the thread
     * @param bound most items that wait or are worked on
     */
    public Handoff(String name, int bound, Consumer<T> step) {
        this.step = step;
        this.places = new Semaphore(bound);
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** Gives an item; throws what the step threw at an earlier one. */
    @Override
    public void accept(T item) {
        requireNoFailure();
        places.acquireUninterruptibly();
        thread.execute(() -> work(item));
    }

    /** Waits until every item is worked on; throws what the step threw. */
    public void finish() {
        thread.close();
        requireNoFailure();
    }

    /** Ends the thread; what still waits is left out unless {@link #finish()} came before. */
    @Override
    public void close() {
        abandoned = true;
        thread.close();
    }

    private void work(T item) {
        try {
            if (!abandoned && failure.get() == null) {
                step.accept(item);
            }
        } catch (RuntimeException | Error e) {
            failure.set(e);
        } finally {
            places.release();
        }
    }

    private void requireNoFailure() {
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
