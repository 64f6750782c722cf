package org.plmfrontier.trainer.model;

import java.io.IOException;
import java.util.Objects;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.Family;
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
public final class ModelEvaluation {
    private final TrainedModels models;
    private final TrainingEngine engine;
    private final PseudoPerplexity pseudoPerplexity;

    /** @param log for this object alone */
    public ModelEvaluation(TrainedModels models, TrainingEngine engine, TokenLog log) {
        this.models = Objects.requireNonNull(models, "models");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.pseudoPerplexity = new PseudoPerplexity(log);
    }

    /**
     * Pseudo-perplexity of a run's newest state; of a causal one its perplexity.
     *
     * @param sequences how many of the held-out set
     * @throws NoSuchModelException where there is no such state
     * @throws IllegalStateException where its loss is no number
     */
    public synchronized Measured pseudoPerplexity(String runId, int sequences)
            throws IOException, NoSuchModelException, TokenLogException {
        try (OpenModel open = models.open(runId, null)) {
            RunSpec run = open.about().facts().run();
            Family family = run.shape().family();
            ModelSettings settings = ModelSettings.of(run.shape(), run.recipe());
            try (ResidentModel model = engine.load(settings, open.state())) {
                boolean tokenDropout = run.recipe().tokenDropout();
                HeldOutResult result = pseudoPerplexity.of(model, run.corpus(), family, tokenDropout, sequences);
                if (!Double.isFinite(result.lossNats())) {
                    throw new IllegalStateException("the model of run " + runId + " is broken, its loss is no number");
                }
                long step = open.about().progress().step();
                return new Measured(runId, family, step, result.selectedResidues(), result.lossNats());
            }
        }
    }

    /**
     * A pseudo-perplexity, or of a causal family a perplexity.
     *
     * @param step of the state that was measured
     * @param residues how many were masked in turn; of a causal family the tokens that were predicted, END included
     * @param nats mean negative (pseudo-)log-likelihood of each
     */
    public record Measured(String runId, Family family, long step, long residues, double nats) {
        /** exp of {@link #nats}. */
        public double perplexity() {
            return Math.exp(nats);
        }
    }
}
