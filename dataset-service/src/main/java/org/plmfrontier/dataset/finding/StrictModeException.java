package org.plmfrontier.dataset.finding;

/** Strict mode met its first oddity; the message says which and where. */
public final class StrictModeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StrictModeException(FindingClass type, Place place) {
        super("strict mode: " + type + " at " + place + (place.detail() == null ? "" : ": " + place.detail()));
    }
}
