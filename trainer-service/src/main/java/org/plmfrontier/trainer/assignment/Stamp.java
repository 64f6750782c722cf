package org.plmfrontier.trainer.assignment;

import java.time.Instant;
import java.util.Objects;

/**
 * Who wrote something, and when.
 *
 * @param trainer name of the process
 */
public record Stamp(String trainer, Instant at) {
    public Stamp {
        Objects.requireNonNull(trainer, "trainer");
        Objects.requireNonNull(at, "at");
    }
}
