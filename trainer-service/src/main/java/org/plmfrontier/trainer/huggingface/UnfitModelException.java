package org.plmfrontier.trainer.huggingface;

/** A model that this trainer cannot continue. The message names file, place and reason. */
public final class UnfitModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;

    public UnfitModelException(String file, String reason) {
        super(file + ": " + reason);
        this.file = file;
    }

    /** The file to blame. */
    public String file() {
        return file;
    }
}
