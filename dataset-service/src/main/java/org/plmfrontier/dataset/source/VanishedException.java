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

    /**
     * Its content is not what it was, or was said to be.
     *
     * @param stated the hash that it had or was said to have
     * @param found the hash that it has
     */
    public static VanishedException changed(String path, String stated, String found) {
        return new VanishedException(path + " has changed since the corpus was asked for, or its #sha256= is wrong: "
                + "the SHA-256 of its bytes is " + found + ", not " + stated);
    }

    /** It holds something else. */
    public static VanishedException changed(String path) {
        return new VanishedException(path + " has changed since the corpus was asked for");
    }
}
