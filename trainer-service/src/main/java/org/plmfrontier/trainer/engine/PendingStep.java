package org.plmfrontier.trainer.engine;

/** An optimiser step that the device has been given, and may not have computed yet. Not thread-safe. */
public interface PendingStep {
    /**
     * What a step came to.
     *
     * @param lossNats weighted sum of the losses at the selected places; NaN or infinite where training broke down
     * @param gradientNorm global norm before clipping; where it is not finite, the step changed nothing
     */
    record Numbers(double lossNats, double gradientNorm) {}

    /** Whether the numbers are there; never waits. */
    boolean isDone();

    /**
     * Waits for the numbers, to be called once.
     *
     * @throws RuntimeException where the device failed
     */
    Numbers await();

    /** A step that is computed. */
    static PendingStep done(double lossNats, double gradientNorm) {
        Numbers numbers = new Numbers(lossNats, gradientNorm);
        return new PendingStep() {
            @Override
            public boolean isDone() {
                return true;
            }

            @Override
            public Numbers await() {
                return numbers;
            }
        };
    }
}
