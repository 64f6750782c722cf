package org.plmfrontier.trainer.slice;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes each state to its end when it is begun, on the caller's thread. */
public final class DirectWriter implements CheckpointWriter {
    @Override
    public boolean mayHold(long bytes) {
        return false;
    }

    /** Saves the state of a trained slice, if it has one. */
    public static TrainedSlice save(TrainedSlice slice, SliceWatch watch) throws IOException {
        if (slice.stateBytes() > 0
                && !new DirectWriter().begin(slice.state(), watch).isDurable()) {
            throw new IllegalStateException("neither durable nor failed");
        }
        return slice;
    }

    @Override
    public CheckpointWrite begin(Source state, SliceWatch watch) {
        IOException failure = null;
        try (Source source = state) {
            boolean again = true;
            while (again) {
                try {
                    source.save();
                    failure = null;
                    again = false;
                } catch (IOException e) {
                    failure = e;
                    again = watch.tryAgain(e);
                }
            }
        }
        return new Written(failure);
    }

    private record Written(@Nullable IOException failure) implements CheckpointWrite {
        @Override
        public boolean isDurable() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return true;
        }

        @Override
        public void await() {}

        @Override
        public void drop() {}

        @Override
        public double seconds() {
            return 0;
        }
    }
}
