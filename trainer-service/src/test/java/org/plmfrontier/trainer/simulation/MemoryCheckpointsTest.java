package org.plmfrontier.trainer.simulation;

import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.CheckpointStoreContract;

/** The simulation's store is one that a trainer could have. */
class MemoryCheckpointsTest extends CheckpointStoreContract {
    private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();

    @Override
    protected CheckpointStore storeOf(String trainer) {
        return checkpoints.of(trainer, new MemoryCheckpoints.Around() {
            @Override
            public void before() {}

            @Override
            public void after() {}
        });
    }
}
