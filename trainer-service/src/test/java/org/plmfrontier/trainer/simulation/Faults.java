package org.plmfrontier.trainer.simulation;

/** What may go wrong at a hook of a trainer. */
interface Faults {
    /** Where a trainer is when something befalls it. */
    enum Hook {
        STEP,
        STORE,
        TRANSACTION
    }

    /** May crash the process, freeze it while others go on, or tell it to leave. */
    void at(SimulatedTrainer trainer, Hook hook);

    boolean diskFull();

    boolean crashAfterSave(SimulatedTrainer trainer);

    boolean brokerFails();

    boolean answerLost();
}
