package org.plmfrontier.launcher.studyfile;

import java.io.IOException;

/** A budget is time of trainers whose speed nobody has measured yet. */
public final class SpeedUnknownException extends IOException {
    private static final long serialVersionUID = 1;

    SpeedUnknownException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
