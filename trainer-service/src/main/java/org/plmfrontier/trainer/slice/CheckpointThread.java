package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes states on a thread of its own. Thread-safe. */
public final class CheckpointThread implements CheckpointWriter, AutoCloseable {
    /** A wait for the end of a write is interrupted so often to look after its slice. */
    private static final long LOOK_MILLIS = 100;

    private final long mostBytes;
    private final Clock clock;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("trainer-checkpoints").daemon().factory());

    /**
     * A thread without work.
     *
     * @param mostBytes of host memory that a copied state may take
     */
    public CheckpointThread(long mostBytes, Clock clock) {
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    @Override
    public boolean mayHold(long bytes) {
        return bytes <= mostBytes;
    }

    @Override
    public CheckpointWrite begin(Source state, SliceWatch watch) {
        Write write = new Write(state, watch);
        executor.execute(write::run);
        return write;
    }

    /** What was begun is written to its end; nothing more is begun. */
    @Override
    public void close() {
        executor.shutdown();
    }

    private final class Write implements CheckpointWrite {
        private final Source state;
        private final SliceWatch watch;
        private final long began = clock.nanos().getAsLong();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private volatile boolean dropped;
        private volatile double seconds;

        Write(Source state, SliceWatch watch) {
            this.state = state;
            this.watch = watch;
        }

        @Override
        public boolean isDurable() throws IOException {
            if (ended.getCount() > 0) {
                return false;
            }
            switch (failure.get()) {
                case null -> {
                    return true;
                }
                case Error e -> throw e;
                case RuntimeException e -> throw e;
                case IOException e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }

        @Override
        public void await() throws InterruptedException {
            boolean unused = ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void drop() {
            dropped = true;
        }

        @Override
        public double seconds() {
            return seconds;
        }

        void run() {
            watch.writing();
            try (Source source = state) {
                save(source);
                seconds = clock.secondsSince(began);
            } catch (Throwable e) {
                failure.set(e);
            } finally {
                ended.countDown();
                watch.written();
            }
        }

        private void save(Source source) throws IOException {
            while (true) {
                try {
                    source.save();
                    return;
                } catch (IOException e) {
                    if (dropped || !watch.tryAgain(e)) {
                        throw e;
                    }
                }
            }
        }
    }
}
