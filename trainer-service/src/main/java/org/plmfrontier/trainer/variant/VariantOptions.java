package org.plmfrontier.trainer.variant;

import java.util.Optional;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.EvaluationOptions;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * How variants are scored.
 *
 * @param scoring that of the model's family where empty
 * @param offset what is taken off the numbers of the scans to get positions
 * @param context most tokens that the model sees at once
 * @param seed of the intervals
 */
record VariantOptions(Optional<Scoring> scoring, int offset, int context, int seed) {
    private static final int USUAL_CONTEXT = 1024;
    private static final int SMALLEST_CONTEXT = 4;
    private static final int LARGEST = 1_000_000;

    static VariantOptions of(EvaluationSpec spec) throws UnusableDataException {
        EvaluationOptions options = new EvaluationOptions(spec);
        Optional<String> label = options.text("scoring");
        return new VariantOptions(
                label.isPresent() ? Optional.of(Scoring.of(label.get())) : Optional.empty(),
                options.whole("offset", 0, -LARGEST, LARGEST),
                options.whole("context", USUAL_CONTEXT, SMALLEST_CONTEXT, LARGEST),
                options.whole("seed", 0, 0, Integer.MAX_VALUE));
    }
}
