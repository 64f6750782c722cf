package org.plmfrontier.trainer.huggingface;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.trainer.checkpoint.RunFacts;

/**
 * The losses on a model card, each beside what needs no network for the same task: a masked loss beside predictors under the
 * same masks and its part on MASK beside the frequencies, a causal one beside the Markov chain.
 */
record LossRows(RunFacts facts) {
    String text() {
        RunSpec run = facts.run();
        ReferenceLosses references = run.corpus().references();
        Family family = run.shape().family();
        return ModelCard.row("training loss", loss(facts.trainingNats(), "mean since the checkpoint before"))
                + ModelCard.row("held-out loss", loss(facts.heldOutNats(), "on the corpus's fixed held-out set"))
                + (family.masked() ? masked(references) : causal(references));
    }

    private static String causal(ReferenceLosses references) {
        return ModelCard.row(
                "losses that need no network",
                text(
                        "uniform %.4f, residue frequencies %.4f, order-2 Markov chain %.4f nats",
                        references.uniformNats(), references.unigramNats(), references.markovNats()));
    }

    private String masked(ReferenceLosses references) {
        LossParts parts = facts.heldOutParts();
        MaskedReferences trivial = references.masked();
        return (parts == null ? "" : parts(parts))
                + ModelCard.row(
                        "losses that need no network, under the same masks",
                        trivial == null
                                ? text("not computed for this corpus; uniform %.4f nats", references.uniformNats())
                                : text(
                                        "uniform %.4f, residue frequencies %.4f, visible neighbours %.4f nats; on MASK"
                                                + " %.4f and %.4f",
                                        references.uniformNats(),
                                        trivial.frequenciesNats(),
                                        trivial.neighboursNats(),
                                        trivial.frequenciesOnMaskNats(),
                                        trivial.neighboursOnMaskNats()));
    }

    private static String parts(LossParts parts) {
        return ModelCard.row("held-out loss on residues that show MASK", part(parts.mask()))
                + ModelCard.row("held-out loss on residues that show another one", part(parts.random()))
                + ModelCard.row("held-out loss on residues that are unchanged", part(parts.unchanged()));
    }

    private static String part(@Nullable LossPart part) {
        return part == null ? "none" : text("%.6f nats over %,d residues", part.lossNats(), part.residues());
    }

    private static String loss(@Nullable Double nats, String what) {
        return nats == null
                ? "not known at this state"
                : text("%.6f nats per predicted token, perplexity %.4f, %s", nats, Math.exp(nats), what);
    }

    private static String text(String sentence, Object... figures) {
        return String.format(Locale.ROOT, sentence, figures);
    }
}
