package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * Puts a run on the device as it stood at its pointer. Where the pointer's checkpoint is damaged, the latest older one
 * that is whole is taken, or the seed, and the steps in between are done again: on a CPU they give the same bits.
 */
final class StateRestorer {
    private final TrainingEngine engine;
    private final CheckpointStore store;
    private final InputSource inputs;
    private final TrainingObserver observer;

    StateRestorer(TrainingEngine engine, CheckpointStore store, InputSource inputs, TrainingObserver observer) {
        this.engine = engine;
        this.store = store;
        this.inputs = inputs;
        this.observer = observer;
    }

    /**
     * A model that has trained exactly the pointer's records.
     *
     * @param refusals receives each state that could not be used
     */
    ResidentModel restore(
            BatchJob job,
            RunProgress target,
            String checkpoint,
            Consumer<CheckpointRefusedException> refusals,
            BooleanSupplier abandon)
            throws IOException, TokenLogException, SliceAbandonedException {
        RunSpec run = job.run();
        for (String name : candidates(run, checkpoint)) {
            try (SavedState state = store.open(name, run.runId(), Networks.state(run.shape()))) {
                requireSpecification(name, state.specification(), run);
                if (state.progress().position() <= target.position()) {
                    return caughtUp(job, load(run, state), state.progress(), target, abandon);
                }
            } catch (CheckpointRefusedException e) {
                observer.refused(run, e);
                refusals.accept(e);
            }
        }
        return caughtUp(job, initial(run), RunProgress.START, target, abandon);
    }

    /**
     * A model before its first step, from the weights that the run names or from its seed.
     *
     * @throws UnusableWeightsException where the weights that it names are not what they must be
     */
    ResidentModel initial(RunSpec run) throws IOException {
        String weights = run.initialWeights();
        if (weights != null) {
            try (SavedState state = store.openWeights(weights, run.shape())) {
                return load(run, state);
            } catch (CheckpointRefusedException e) {
                throw new UnusableWeightsException(run, e);
            }
        }
        return engine.load(settings(run), new InitialWeights(run.recipe().seed()));
    }

    /** A state that another run left under the same id is no state of this one. */
    private static void requireSpecification(String name, @Nullable String specification, RunSpec run)
            throws CheckpointRefusedException {
        if (specification != null && !specification.equals(run.specification())) {
            throw new CheckpointRefusedException(
                    name, "it is of specification " + specification + ", not of " + run.specification());
        }
    }

    private ResidentModel load(RunSpec run, SavedState state) throws IOException {
        return engine.load(settings(run), state);
    }

    private Set<String> candidates(RunSpec run, String checkpoint) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        names.add(checkpoint);
        names.addAll(store.names(run.runId()));
        return names;
    }

    private ResidentModel caughtUp(
            BatchJob job, ResidentModel model, RunProgress from, RunProgress target, BooleanSupplier abandon)
            throws TokenLogException, SliceAbandonedException {
        boolean done = false;
        try (StepInputs steps = inputs.open(job.run(), from.position(), target.position())) {
            observer.restored(job.run(), from.step());
            Stepper stepper = new Stepper(steps, job.run(), model);
            RunProgress progress = from;
            BegunStep unread = null;
            while (progress.position() < target.position()) {
                if (abandon.getAsBoolean()) {
                    throw new SliceAbandonedException(job.run().runId(), job.slice());
                }
                BegunStep step = stepper.begin(progress);
                progress = step.after();
                if (unread != null) {
                    unread.end();
                }
                unread = step;
            }
            if (unread != null) {
                unread.end();
            }
            if (!progress.equals(target)) {
                throw new IllegalStateException(
                        "run " + job.run().runId() + " was restored to " + progress + ", its pointer says " + target);
            }
            done = true;
            return model;
        } finally {
            if (!done) {
                model.close();
            }
        }
    }

    private static ModelSettings settings(RunSpec run) {
        return ModelSettings.of(run.shape(), run.recipe());
    }
}
