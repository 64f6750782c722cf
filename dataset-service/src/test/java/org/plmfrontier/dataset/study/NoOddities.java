package org.plmfrontier.dataset.study;

/** Fails where an event is odd. */
final class NoOddities implements EventOddities {
    @Override
    public void undecodable(String place, String reason) {
        throw new AssertionError(place + ": " + reason);
    }

    @Override
    public void unknownRun(String runId) {
        throw new AssertionError("unknown run " + runId);
    }

    @Override
    public void impossible(String reason) {
        throw new AssertionError(reason);
    }
}
