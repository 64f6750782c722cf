package org.plmfrontier.launcher.rest;

import java.io.IOException;

/** Nothing listens at a service's address. */
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableException(String address, IOException cause) {
        super(
                "nothing answers at " + address
                        + "; ./frontier up starts a suite, and commands find the one in FRONTIER_HOME or .plm-frontier, or where their"
                        + " options say",
                cause);
    }
}
