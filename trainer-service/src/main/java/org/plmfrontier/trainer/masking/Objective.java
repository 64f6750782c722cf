package org.plmfrontier.trainer.masking;

import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.topic.TokenBatch;

/** What a model has to predict of a record. */
@FunctionalInterface
public interface Objective {
    /**
     * The record as the model sees it.
     *
     * @param position place in the run's reading of the token log; counts on over epochs
     */
    MaskedRecord mask(TokenBatch batch, long position);

    /**
     * The objective of a family.
     *
     * @param masking of the masked families
     * @param seed of the masks
     */
    static Objective of(Family family, Masking masking, long seed) {
        return family.masked() ? new ResidueMasking(masking, seed)::mask : new NextToken();
    }
}
