package org.plmfrontier.trainer.checkpoint;

/** A checkpoint that must not be used: cut short, changed, of another run or another shape. The message says which. */
public final class CheckpointRefusedException extends Exception {
    public CheckpointRefusedException(String name, String reason) {
        super("checkpoint " + name + " refused: " + reason);
    }
}
