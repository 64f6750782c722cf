package org.plmfrontier.dataset.source;

import java.io.IOException;

/** A source that was there when the corpus was asked for is gone, or is another now. */
public final class VanishedException extends IOException {
    private static final long serialVersionUID = 1;

    public VanishedException(String message) {
        super(message);
    }

    /** It is gone. */
    public static VanishedException gone(String path) {
        return new VanishedException(path + " has vanished since the corpus was asked for");
    }

    /** It holds something else. */
    public static VanishedException changed(String path) {
        return new VanishedException(path + " has changed since the corpus was asked for");
    }
}
