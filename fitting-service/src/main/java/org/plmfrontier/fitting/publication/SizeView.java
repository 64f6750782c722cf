package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.fitting.study.Run;

/**
 * N by every count that is known: of a planned run the three counts of its shape, of an imported one the file's.
 *
 * @param asGiven the file's number; null for planned runs
 */
public record SizeView(
        @Nullable Long table6,
        @Nullable Long exact,
        @Nullable Long nonEmbedding,
        @Nullable Double asGiven) {

    static SizeView of(Run run) {
        return run.spec()
                .map(plan -> ParameterCount.of(plan.shape()))
                .map(count -> new SizeView(count.table6(), count.exact(), count.nonEmbedding(), null))
                .orElseGet(() -> new SizeView(null, null, null, run.parameters()));
    }
}
