package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.StepLoad;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** Takes the optimiser steps of one run on its model. What a step does depends on run and place only. */
final class Stepper {
    private final TokenLog log;
    private final RunSpec run;
    private final ResidentModel model;
    private final Objective objective;

    Stepper(TokenLog log, RunSpec run, ResidentModel model) {
        this.log = log;
        this.run = run;
        this.model = model;
        this.objective = Objective.of(
                run.shape().family(), run.recipe().masking(), run.recipe().seed());
    }

    /** Whether embeddings are rescaled. */
    static boolean tokenDropout(RunSpec run) {
        return run.recipe().tokenDropout();
    }

    /** The step that follows {@code before}; the learning rate is that of the tokens seen before it. */
    TrainedStep step(RunProgress before) throws TokenLogException {
        Recipe recipe = run.recipe();
        List<PaddedBatch> batches = new ArrayList<>(recipe.recordsPerStep());
        long computeFlops = 0;
        long executedFlops = 0;
        long tokens = 0;
        long selected = 0;
        for (int i = 0; i < recipe.recordsPerStep(); i++) {
            long position = before.position() + i;
            TokenBatch record =
                    log.training(run.corpus(), position % run.corpus().records());
            PaddedBatch batch = PaddedBatch.of(objective.mask(record, position), tokenDropout(run));
            batches.add(batch);
            selected += batch.selected().length;
            SequenceLoad sequences = record.load();
            tokens += sequences.tokens();
            computeFlops = Math.addExact(computeFlops, FlopCount.training(run.shape(), sequences));
            executedFlops = Math.addExact(executedFlops, FlopCount.training(run.shape(), record.paddedLoad()));
        }
        double loss = 0;
        for (PaddedBatch batch : batches) {
            loss += model.micro(batch, 1.0 / selected);
        }
        double learningRate = recipe.schedule().learningRate(before.tokens());
        double gradientNorm = model.apply(learningRate);
        StepLoad load = new StepLoad(tokens, computeFlops, executedFlops);
        return new TrainedStep(before.afterStep(recipe.recordsPerStep(), load), load, loss, learningRate, gradientNorm);
    }
}
