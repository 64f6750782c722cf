package org.plmfrontier.dataset.spill;

import java.io.IOException;
import java.nio.file.Path;

/** A spill file cannot grow: the disk may be full. */
public final class SpillFailedException extends IOException {
    private static final long serialVersionUID = 1;

    public SpillFailedException(Path file, IOException cause) {
        super("cannot write the spill file " + file + ": " + cause.getMessage(), cause);
    }
}
