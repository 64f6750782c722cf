package org.plmfrontier.trainer.slice;

import org.plmfrontier.trainer.assignment.Lease;

/** The run's partition has a new owner; nothing may be published for it. */
public final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1;

    public LeaseLostException(Lease lease) {
        super("no longer owned: " + lease);
    }
}
