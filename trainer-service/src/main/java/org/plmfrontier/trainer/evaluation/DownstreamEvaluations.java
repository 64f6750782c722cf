package org.plmfrontier.trainer.evaluation;

import java.io.IOException;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.contact.Contacts;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.likelihood.Perplexity;
import org.plmfrontier.trainer.structure.SecondaryStructure;
import org.plmfrontier.trainer.variant.VariantEffect;

/** Evaluations by their specification. */
public final class DownstreamEvaluations {
    private DownstreamEvaluations() {}

    /**
     * Reads an evaluation's data and options.
     *
     * @throws IOException where a file cannot be had
     * @throws UnusableDataException where data or options cannot be used, with file and reason
     */
    public static DownstreamEvaluation of(EvaluationSpec spec, EvaluationFiles files)
            throws IOException, UnusableDataException {
        return switch (spec.kind()) {
            case VARIANT_EFFECT -> VariantEffect.read(spec, files);
            case PERPLEXITY -> Perplexity.read(spec, files);
            case SECONDARY_STRUCTURE -> SecondaryStructure.of(spec, files);
            case CONTACTS -> Contacts.of(spec, files);
        };
    }
}
