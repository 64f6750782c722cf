package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets a sample pass: everything until it is full, nothing afterwards. Not thread-safe. */
final class SampleGate {
    private final @Nullable Sample sample;
    private long sequences;
    private long tokens;
    private long refused;

    /** @param sample null lets everything pass */
    SampleGate(@Nullable Sample sample) {
        this.sample = sample;
    }

    /** Whether the next sequence is part of the sample. */
    boolean takes(int length) {
        if (refused > 0 || (sample != null && !fits(sample, length))) {
            refused++;
            return false;
        }
        sequences++;
        tokens += length;
        return true;
    }

    /** Sequences that were not taken. */
    long refused() {
        return refused;
    }

    /** @throws IOException where there was less than the sample asks for */
    void requireFull() throws IOException {
        if (sample != null && sample.sequences() != null && sequences < sample.sequences()) {
            throw new IOException("sample.sequences asks for " + sample.sequences() + " proteins, there are "
                    + sequences + " to train on");
        }
        if (sample != null && sample.tokens() != null && refused == 0 && tokens < sample.tokens()) {
            throw new IOException(
                    "sample.tokens asks for " + sample.tokens() + " tokens, there are " + tokens + " to train on");
        }
    }

    private boolean fits(Sample bound, int length) {
        return (bound.sequences() == null || sequences < bound.sequences())
                && (bound.tokens() == null || tokens + length <= bound.tokens());
    }
}
