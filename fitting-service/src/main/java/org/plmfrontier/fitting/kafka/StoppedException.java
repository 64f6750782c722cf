package org.plmfrontier.fitting.kafka;

/** The service stops while it waits for something. */
final class StoppedException extends RuntimeException {
    StoppedException(String message) {
        super(message);
    }
}
