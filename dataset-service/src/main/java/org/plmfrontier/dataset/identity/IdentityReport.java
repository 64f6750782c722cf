package org.plmfrontier.dataset.identity;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * What is known about likeness within a corpus.
 *
 * @param tool name and version of what computed it
 * @param clustered proteins that entered the clustering; null where none was asked for
 * @param clusters clusters found: the proteins that stayed
 * @param heldOut the check of the held-out part; null where no bound was asked for
 */
public record IdentityReport(
        String tool,
        @Nullable Long clustered,
        @Nullable Long clusters,
        @Nullable Check heldOut) {
    /**
     * The last search of the held-out part against all proteins that may be trained on.
     *
     * @param bound what was asked for
     * @param searches searches until none found anything above the bound; the last one found nothing
     * @param removed proteins that were taken out of the training part
     * @param queries held-out proteins
     * @param targets proteins that may be trained on
     * @param hits significant alignments of the last search, all below the bound
     * @param highestIdentity largest identity among them; null where there was none
     */
    @StagedBuilder
    public record Check(
            IdentityBound bound,
            int searches,
            long removed,
            long queries,
            long targets,
            long hits,
            @Nullable Double highestIdentity) {}
}
