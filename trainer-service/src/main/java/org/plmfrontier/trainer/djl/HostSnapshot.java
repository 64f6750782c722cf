package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A state in libtorch's own host memory: one native copy per tensor, outside of Java's heap. It is read through views of that
 * memory, which ask nothing of libtorch, so whoever writes it does not take turns with the engine's thread.
 */
final class HostSnapshot implements StateSnapshot {
    private final NDManager manager;
    private final List<TensorSpec> tensors;
    private final List<ByteBuffer> values;

    private HostSnapshot(NDManager manager, List<TensorSpec> tensors, List<ByteBuffer> values) {
        this.manager = manager;
        this.tensors = tensors;
        this.values = values;
    }

    /**
     * Copies a state; on the engine's thread.
     *
     * @param lists parameters, first and second moments in the order of the layout
     */
    static HostSnapshot of(StateLayout layout, List<NDList> lists, NDArray stepCount) {
        NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        try {
            NDList copies = new NDList();
            lists.forEach(list -> list.forEach(array -> copies.add(copy(array, manager))));
            copies.add(copy(stepCount, manager));
            return new HostSnapshot(
                    manager,
                    layout.all(),
                    copies.stream().map(HostSnapshot::bytes).toList());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void save(TensorSink sink) throws IOException {
        for (int i = 0; i < tensors.size(); i++) {
            sink.write(tensors.get(i), values.get(i).duplicate().order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    /** The bytes of an array of the host: a view of its memory. */
    static ByteBuffer bytes(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static NDArray copy(NDArray array, NDManager manager) {
        NDArray copy = array.getDevice().isGpu() ? array.toDevice(Device.cpu(), true) : array.duplicate();
        copy.attach(manager);
        return copy;
    }
}
