package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;

/**
 * An array's values in the host's memory: the array itself where it is there, else a copy that is freed again. DJL's own way from
 * a device to bytes leaves its copy with the array's manager, for the life of the model.
 */
record HostCopy(NDArray array, boolean owned) implements AutoCloseable {
    static HostCopy of(NDArray array) {
        boolean remote = array.getDevice().isGpu();
        return new HostCopy(remote ? array.toDevice(Device.cpu(), true) : array, remote);
    }

    /** Valid until this is closed. */
    ByteBuffer bytes() {
        return HostSnapshot.bytes(array);
    }

    @Override
    public void close() {
        if (owned) {
            array.close();
        }
    }
}
