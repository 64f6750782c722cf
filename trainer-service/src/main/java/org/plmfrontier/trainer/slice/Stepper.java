package org.plmfrontier.trainer.slice;

import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.PendingStep;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/** Takes the optimiser steps of one run on its model. What a step does depends on run and place only. */
final class Stepper {
    private final StepInputs inputs;
    private final RunSpec run;
    private final ResidentModel model;

    /**
     * Steps that were not taken yet.
     *
     * @param inputs from the place on where the model stands
     */
    Stepper(StepInputs inputs, RunSpec run, ResidentModel model) {
        this.inputs = inputs;
        this.run = run;
        this.model = model;
    }

    /** Whether embeddings are rescaled. */
    static boolean tokenDropout(RunSpec run) {
        return run.recipe().tokenDropout();
    }

    /**
     * Gives the device the step that follows {@code before}; the learning rate is that of the tokens seen before it.
     *
     * @return what the step is, whose numbers the device may still owe
     */
    BegunStep begin(RunProgress before) throws TokenLogException {
        Recipe recipe = run.recipe();
        StepInput input = inputs.next();
        double learningRate = recipe.schedule().learningRate(before.tokens());
        PendingStep step = model.step(input.batches(), 1.0 / input.selected(), learningRate);
        return new BegunStep(before.afterStep(recipe.recordsPerStep(), input.load()), input.load(), learningRate, step);
    }
}
