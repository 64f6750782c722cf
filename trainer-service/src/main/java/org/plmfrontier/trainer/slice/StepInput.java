package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.checkpoint.StepLoad;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.tokenlog.TokenLog;
import org.plmfrontier.trainer.tokenlog.TokenLogException;

/**
 * What a step trains, as arrays on the host. It depends on run and place only.
 *
 * @param batches masked and padded records, one after the other
 * @param selected places in all of them at which the loss is taken
 */
record StepInput(List<PaddedBatch> batches, long selected, StepLoad load) {
    StepInput {
        batches = List.copyOf(batches);
    }

    /** Makes the inputs of a run's steps from its records. */
    static final class Reader {
        private final TokenLog log;
        private final RunSpec run;
        private final Objective objective;

        Reader(TokenLog log, RunSpec run) {
            this.log = log;
            this.run = run;
            this.objective = Objective.of(
                    run.shape().family(), run.recipe().masking(), run.recipe().seed());
        }

        /** Records of a step. */
        int stepRecords() {
            return run.recipe().recordsPerStep();
        }

        /** The input of the step that begins at a position, counted over all epochs. */
        StepInput read(long from) throws TokenLogException {
            List<PaddedBatch> batches = new ArrayList<>(stepRecords());
            long computeFlops = 0;
            long executedFlops = 0;
            long tokens = 0;
            long selected = 0;
            for (long position = from; position < from + stepRecords(); position++) {
                TokenBatch record =
                        log.training(run.corpus(), position % run.corpus().records());
                PaddedBatch batch = PaddedBatch.of(
                        objective.mask(record, position), run.recipe().tokenDropout());
                batches.add(batch);
                selected += batch.selected().length;
                SequenceLoad sequences = record.load();
                tokens += sequences.tokens();
                computeFlops = Math.addExact(computeFlops, FlopCount.training(run.shape(), sequences));
                executedFlops = Math.addExact(executedFlops, FlopCount.training(run.shape(), record.paddedLoad()));
            }
            return new StepInput(batches, selected, new StepLoad(tokens, computeFlops, executedFlops));
        }
    }
}
