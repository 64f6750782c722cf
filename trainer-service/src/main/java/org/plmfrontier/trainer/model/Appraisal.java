package org.plmfrontier.trainer.model;

import java.io.IOException;
import java.util.Objects;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.heldout.HeldOutResult;
import org.plmfrontier.trainer.heldout.PseudoPerplexity;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Measures stored models on request, on copies of their own: the run in training is not touched, its steps only take
 * turns with the measurement. One request at a time; thread-safe.
 */
public final class Appraisal {
    private final TrainedModels models;
    private final TrainingEngine engine;
    private final PseudoPerplexity pseudoPerplexity;

    /** @param log for this object alone */
    public Appraisal(TrainedModels models, TrainingEngine engine, TokenLog log) {
        this.models = Objects.requireNonNull(models, "models");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.pseudoPerplexity = new PseudoPerplexity(log);
    }

    /**
     * Pseudo-perplexity of a run's newest state.
     *
     * @param sequences how many of the held-out set
     * @throws NoSuchModelException where there is no such state, or its family predicts from the left only
     */
    public synchronized Measured pseudoPerplexity(String runId, int sequences)
            throws IOException, NoSuchModelException, TokenLogException {
        try (OpenModel open = models.open(runId, null)) {
            RunSpec run = open.about().facts().run();
            if (!run.shape().family().masked()) {
                throw new NoSuchModelException("run " + runId + " is " + run.shape().family()
                        + ": it predicts each residue from those before it, and its held-out loss is its perplexity");
            }
            ModelSettings settings = new ModelSettings(run.shape(), run.recipe().optimizer());
            try (ResidentModel model = engine.load(settings, open.state())) {
                HeldOutResult result = pseudoPerplexity.of(
                        model, run.corpus(), run.recipe().tokenDropout(), sequences);
                return new Measured(
                        runId, open.about().progress().step(), result.selectedResidues(), result.lossNats());
            }
        }
    }

    /**
     * A pseudo-perplexity.
     *
     * @param step of the state that was measured
     * @param residues how many were masked in turn
     * @param nats mean negative pseudo-log-likelihood per residue
     */
    public record Measured(String runId, long step, long residues, double nats) {
        /** exp of {@link #nats}. */
        public double perplexity() {
            return Math.exp(nats);
        }
    }
}
