package org.plmfrontier.trainer.simulation;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.slice.CheckpointWrite;
import org.plmfrontier.trainer.slice.CheckpointWriter;
import org.plmfrontier.trainer.slice.SliceWatch;

/**
 * Writes states in virtual time, beside whatever else passes time. Where a trainer's memory is drawn too small for a copy, it
 * writes in line.
 */
final class SimulatedWriter implements CheckpointWriter {
    private static final long LONGEST_NANOS = 6_000_000_000L;

    private final World world;
    private final Runnable hook;
    private final boolean roomy;

    /**
     * A writer without work.
     *
     * @param hook runs while a write is waited for
     */
    SimulatedWriter(World world, Runnable hook) {
        this.world = world;
        this.hook = hook;
        this.roomy = world.random.nextInt(8) > 0;
    }

    @Override
    public boolean mayHold(long bytes) {
        return roomy;
    }

    @Override
    public CheckpointWrite begin(Source state, SliceWatch watch) {
        return new Write(state, watch);
    }

    private final class Write implements CheckpointWrite {
        private final Source state;
        private final SliceWatch watch;
        private final long began = world.nanos();
        private long due = later();
        private boolean closed;
        private boolean durable;
        private @Nullable IOException failure;

        Write(Source state, SliceWatch watch) {
            this.state = state;
            this.watch = watch;
        }

        private long later() {
            return world.nanos() + world.random.nextLong(LONGEST_NANOS);
        }

        @Override
        public boolean isDurable() throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (durable || world.nanos() < due) {
                return durable;
            }
            try {
                state.save();
                durable = true;
                close();
            } catch (IOException e) {
                if (!watch.tryAgain(e)) {
                    failure = e;
                    close();
                    throw e;
                }
                due = later();
            }
            return durable;
        }

        @Override
        public void await() {
            hook.run();
        }

        /** What is under way may come to its end all the same: the state of a slice that is lost lies in the store then. */
        @Override
        public void drop() {
            if (closed) {
                return;
            }
            try {
                if (world.random.nextBoolean()) {
                    state.save();
                }
                failure = new IOException("dropped");
            } catch (IOException e) {
                failure = e;
            }
            close();
        }

        @Override
        public double seconds() {
            return (due - began) / 1e9;
        }

        private void close() {
            if (!closed) {
                closed = true;
                state.close();
            }
        }
    }
}
