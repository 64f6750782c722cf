package org.plmfrontier.trainer.slice;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Inputs that another thread makes while the device computes, at most a fixed number of steps ahead and never behind the last
 * one. What fails there is thrown when its step is asked for, and each time after that; the steps before it are not touched.
 */
final class ReadAhead implements StepInputs {
    /** An input, or why there is none. */
    private record Made(@Nullable StepInput input, @Nullable Throwable failure) {}

    private final StepInput.Reader reader;
    private final long from;
    private final long to;
    private final LinkedBlockingQueue<Made> made = new LinkedBlockingQueue<>();
    private final Semaphore room;
    private final ReentrantLock reading = new ReentrantLock();
    private final Thread thread;
    private @Nullable Made failed;
    private volatile boolean closed;

    private ReadAhead(StepInput.Reader reader, long from, long to, int steps) {
        this.reader = reader;
        this.from = from;
        this.to = to;
        this.room = new Semaphore(steps);
        this.thread = Thread.ofPlatform().name("trainer-read-ahead").daemon().unstarted(this::run);
    }

    /**
     * Begins to read.
     *
     * @param from position of the first step
     * @param to position behind the last one
     * @param steps that may lie ready
     */
    static ReadAhead start(StepInput.Reader reader, long from, long to, int steps) {
        ReadAhead inputs = new ReadAhead(reader, from, to, steps);
        inputs.thread.start();
        return inputs;
    }

    @Override
    public StepInput next() throws TokenLogException {
        Made next = failed == null ? uninterrupted(made::take) : failed;
        room.release();
        if (next.input() != null) {
            return next.input();
        }
        failed = next;
        switch (next.failure()) {
            case TokenLogException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(next.failure());
        }
    }

    @Override
    public void pause() {
        reading.lock();
    }

    @Override
    public void resume() {
        reading.unlock();
    }

    @Override
    public void close() {
        closed = true;
        room.release();
        uninterrupted(() -> {
            thread.join();
            return true;
        });
    }

    private void run() {
        for (long position = from; position < to; position += reader.stepRecords()) {
            room.acquireUninterruptibly();
            reading.lock();
            try {
                if (closed) {
                    return;
                }
                made.add(new Made(reader.read(position), null));
            } catch (Throwable e) {
                made.add(new Made(null, e));
                return;
            } finally {
                reading.unlock();
            }
        }
    }

    /** A wait. */
    @FunctionalInterface
    private interface Wait<T> {
        T end() throws InterruptedException;
    }

    /** Waits to the end, which the token log's own time-outs bound; an interrupt is kept for later. */
    private static <T> T uninterrupted(Wait<T> wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.end();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
