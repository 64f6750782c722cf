package org.plmfrontier.trainer.structure;

import java.util.OptionalDouble;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.EvaluationOptions;
import org.plmfrontier.trainer.downstream.PositiveOption;
import org.plmfrontier.trainer.downstream.UnusableDataException;

/**
 * How the probe is done.
 *
 * @param layers whose states are probed
 * @param maxResidues proteins are cropped to so many before the model sees them
 * @param trainingProteins most of them that the probe is fitted to
 * @param validationProteins most of them that it is measured on
 * @param lambda strength of the penalty; empty where it is chosen on training proteins kept back
 * @param seed of the choice of proteins and of the resamples
 */
record StructureOptions(
        LayerChoice layers,
        int maxResidues,
        int trainingProteins,
        int validationProteins,
        OptionalDouble lambda,
        long seed) {
    static final int USUAL_RESIDUES = 1022;
    private static final int USUAL_TRAINING = 500;
    private static final int QUICK_RESIDUES = 254;
    private static final int QUICK_TRAINING = 60;
    private static final int QUICK_VALIDATION = 60;
    private static final int MOST = Integer.MAX_VALUE;

    /**
     * Reads the options of an evaluation.
     *
     * @throws UnusableDataException where one cannot be read, or is none
     */
    static StructureOptions of(EvaluationSpec spec) throws UnusableDataException {
        EvaluationOptions options = new EvaluationOptions(spec);
        boolean quick = flag(options, "quick");
        return new StructureOptions(
                LayerChoice.of(options.text("layer").orElse("last").strip()),
                options.whole("maxResidues", quick ? QUICK_RESIDUES : USUAL_RESIDUES, 1, MOST - 2),
                options.whole("trainingProteins", quick ? QUICK_TRAINING : USUAL_TRAINING, 1, MOST),
                options.whole("validationProteins", quick ? QUICK_VALIDATION : MOST, 1, MOST),
                PositiveOption.read(options, "lambda"),
                options.whole("seed", 1, 0, MOST));
    }

    private static boolean flag(EvaluationOptions options, String name) throws UnusableDataException {
        String text = options.text(name).orElse("false").strip();
        if (!text.equals("true") && !text.equals("false")) {
            throw new UnusableDataException("option " + name + " must be true or false, got '" + text + "'");
        }
        return text.equals("true");
    }
}
