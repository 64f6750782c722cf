package org.plmfrontier.trainer.checkpoint;

/** A checkpoint that must not be used: cut short, changed, of another run or another shape. The message says which. */
public final class CheckpointRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String reason;

    public CheckpointRefusedException(String name, String reason) {
        super("checkpoint " + name + " refused: " + reason);
        this.name = name;
        this.reason = reason;
    }

    /** Of the checkpoint. */
    public String name() {
        return name;
    }

    /** One sentence. */
    public String reason() {
        return reason;
    }
}
