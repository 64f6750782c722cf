package org.plmfrontier.dataset.shuffle;

import java.io.IOException;

/** Receives sequences in shuffled order. */
@FunctionalInterface
public interface SpilledSequence {
    /**
     * @param ordinal number under which the sequence was added
     * @param tokens the sequence; a fresh array
     */
    void accept(long ordinal, byte[] tokens) throws IOException;
}
