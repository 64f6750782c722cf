package org.plmfrontier.trainer.variant;

import org.plmfrontier.trainer.engine.ProteinModel;

/**
 * A model's scores of a scan's variants.
 *
 * @param context most tokens that the model sees at once
 */
record VariantScores(int context) {
    /** Nats by variant; NaN where the model has no score of one. */
    double[] of(ProteinModel model, Scan scan, Scoring scoring) {
        return switch (scoring) {
            case WT_MARGINALS -> marginals(model, scan, false);
            case MASKED_MARGINALS -> marginals(model, scan, true);
            case LIKELIHOOD -> new Likelihoods(model, scan.wildType(), context).scores(scan.variants());
        };
    }

    private double[] marginals(ProteinModel model, Scan scan, boolean masked) {
        int[] positions = scan.variants().stream()
                .flatMapToInt(variant -> variant.substitutions().stream().mapToInt(Substitution::position))
                .distinct()
                .sorted()
                .toArray();
        Marginals marginals = Marginals.of(model, scan.wildType(), positions, masked, context);
        return scan.variants().stream().mapToDouble(marginals::score).toArray();
    }
}
