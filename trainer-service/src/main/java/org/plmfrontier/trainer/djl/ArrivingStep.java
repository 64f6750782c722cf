package org.plmfrontier.trainer.djl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.plmfrontier.trainer.engine.PendingStep;

/**
 * Numbers of a step that the device writes into the host's memory when it comes to them: loss and norm, each negative until
 * then, which neither can be. Looking at them asks nothing of the device. TorchScript has no events that could be waited for.
 */
final class ArrivingStep implements PendingStep {
    private static final VarHandle DOUBLES =
            MethodHandles.byteBufferViewVarHandle(double[].class, ByteOrder.nativeOrder());
    private static final long LOOK_NANOS = Duration.ofNanos(20_000).toNanos();

    /** Longer than most steps: after that the device itself is waited for, which throws where it has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ByteBuffer numbers;
    private final Runnable read;
    private final Runnable awaitDevice;
    private final Duration patience;

    /**
     * Numbers that may not be there yet.
     *
     * @param numbers two float64 numbers, loss and norm
     * @param read called when they are read: their memory is not looked at again
     * @param awaitDevice waits for all that the device was given, and throws where it failed
     */
    ArrivingStep(ByteBuffer numbers, Runnable read, Runnable awaitDevice) {
        this(numbers, read, awaitDevice, PATIENCE);
    }

    /** As the other one, for tests. */
    ArrivingStep(ByteBuffer numbers, Runnable read, Runnable awaitDevice, Duration patience) {
        this.numbers = numbers;
        this.read = read;
        this.awaitDevice = awaitDevice;
        this.patience = patience;
    }

    @Override
    public boolean isDone() {
        return isThere(0) && isThere(1);
    }

    /**
     * Waits.
     *
     * @throws IllegalStateException where the device has done all it was given and the numbers are not there
     */
    @Override
    public Numbers await() {
        long began = System.nanoTime();
        while (!isDone()) {
            if (System.nanoTime() - began > patience.toNanos()) {
                awaitDevice.run();
                if (!isDone()) {
                    throw new IllegalStateException("the device is done and has left no loss");
                }
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Numbers values = new Numbers(at(0), at(1));
        read.run();
        return values;
    }

    /** A loss or a norm may be no number, but neither is negative. */
    private boolean isThere(int index) {
        return !(at(index) < 0);
    }

    private double at(int index) {
        return (double) DOUBLES.getVolatile(numbers, index * Double.BYTES);
    }
}
