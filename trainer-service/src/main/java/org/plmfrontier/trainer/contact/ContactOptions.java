package org.plmfrontier.trainer.contact;

import java.util.Optional;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.EvaluationOptions;
import org.plmfrontier.trainer.downstream.PositiveOption;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * How contacts are found.
 *
 * @param maxLength longer proteins are set apart
 * @param trainingProteins most of them that the regression is fitted to, the first ones
 * @param chain that is read of structures with several
 * @param lambda strength of the penalty; empty where it is chosen on training proteins kept back
 * @param seed of every choice and of the resamples
 */
record ContactOptions(int maxLength, int trainingProteins, Optional<String> chain, OptionalDouble lambda, long seed) {
    private static final int USUAL_LENGTH = 400;
    private static final int LONGEST = 4096;
    private static final int USUAL_TRAINING = 100;

    /**
     * Reads the options of an evaluation.
     *
     * @throws UnusableDataException where one cannot be read, or is none
     */
    static ContactOptions of(EvaluationSpec spec) throws UnusableDataException {
        EvaluationOptions options = new EvaluationOptions(spec);
        return new ContactOptions(
                options.whole("maxLength", USUAL_LENGTH, 1, LONGEST),
                options.whole("trainingProteins", USUAL_TRAINING, 1, Integer.MAX_VALUE),
                options.text("chain").map(String::strip),
                PositiveOption.read(options, "lambda"),
                options.whole("seed", 1, 0, Integer.MAX_VALUE));
    }
}
