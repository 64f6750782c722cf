package org.plmfrontier.trainer.slice;

import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.tokenlog.TokenLog;

/**
 * Where the inputs of steps come from.
 *
 * @param stepsAhead that another thread makes ready while the device computes; 0 where they are made when they are asked for
 */
record InputSource(TokenLog log, int stepsAhead) {
    InputSource {
        if (stepsAhead < 0) {
            throw new IllegalArgumentException("stepsAhead must not be negative, is " + stepsAhead);
        }
    }

    /**
     * The inputs of some steps of a run.
     *
     * @param from position of the first step
     * @param to position behind the last one
     */
    StepInputs open(RunSpec run, long from, long to) {
        StepInput.Reader reader = new StepInput.Reader(log, run);
        return stepsAhead == 0 ? StepInputs.direct(reader, from) : ReadAhead.start(reader, from, to, stepsAhead);
    }
}
