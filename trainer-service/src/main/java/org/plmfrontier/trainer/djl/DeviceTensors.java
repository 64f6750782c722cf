package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** Stored tensors put on a device; for the device's thread only. */
final class DeviceTensors {
    private DeviceTensors() {}

    /** Arrays made from Java memory alias it, and libtorch trains in place: each is copied into libtorch's own. */
    static NDList read(NDManager manager, List<TensorSpec> tensors, TensorSource state) throws IOException {
        NDList list = new NDList();
        try (NDManager source = manager.newSubManager()) {
            for (TensorSpec tensor : tensors) {
                float[] values = new float[tensor.size()];
                state.read(tensor)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                NDArray own = source.create(values, shape(tensor)).duplicate();
                own.attach(manager);
                list.add(own);
            }
        }
        return list;
    }

    private static Shape shape(TensorSpec tensor) {
        return new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray());
    }
}
