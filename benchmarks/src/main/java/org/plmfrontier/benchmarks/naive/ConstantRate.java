package org.plmfrontier.benchmarks.naive;

import ai.djl.training.tracker.ParameterTracker;

/** The same learning rate at every step. */
record ConstantRate(float rate) implements ParameterTracker {
    @Override
    public float getNewValue(String parameterId, int numUpdate) {
        return rate;
    }
}
