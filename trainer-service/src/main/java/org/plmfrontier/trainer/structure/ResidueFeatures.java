package org.plmfrontier.trainer.structure;

import java.util.List;
import java.util.function.BiConsumer;

/** Turns proteins into features of their counted residues, by one or more layers at once. */
interface ResidueFeatures {
    /**
     * Features of proteins, in any order of the proteins.
     *
     * @param target receives a protein's number in the list and its features [layers][counted residues][features]
     * @throws java.util.concurrent.CancellationException where the thread is interrupted meanwhile
     */
    void of(List<LabelledProtein> proteins, BiConsumer<Integer, float[][][]> target);
}
