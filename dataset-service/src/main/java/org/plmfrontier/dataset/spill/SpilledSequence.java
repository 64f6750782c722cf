package org.plmfrontier.dataset.spill;

import java.io.IOException;

/** Takes what was spilled. */
@FunctionalInterface
public interface SpilledSequence {
    /**
     * One sequence.
     *
     * @param ordinal number of the protein
     * @param residues residues of the whole protein
     * @param tokens its window
     */
    void accept(long ordinal, int residues, byte[] tokens) throws IOException;
}
