package org.plmfrontier.trainer.huggingface;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** Refuses weights that are no numbers: trained on, they make every weight one. */
final class FiniteValues {
    private FiniteValues() {}

    /**
     * Looks at every value.
     *
     * @param values little-endian float32 of the shape
     * @throws UnfitModelException with the tensor and the index of the first that is NaN or infinite
     */
    static void require(String tensor, List<Integer> shape, ByteBuffer values) throws UnfitModelException {
        FloatBuffer numbers = values.asFloatBuffer();
        for (int i = 0; i < numbers.limit(); i++) {
            float number = numbers.get(i);
            if (!Float.isFinite(number)) {
                throw new UnfitModelException(
                        ModelExport.TENSORS, "tensor '" + tensor + "' holds " + number + " at " + index(shape, i));
            }
        }
    }

    private static String index(List<Integer> shape, int place) {
        StringBuilder index = new StringBuilder();
        int rest = place;
        for (int dimension : shape.reversed()) {
            index.insert(0, "[" + rest % dimension + "]");
            rest /= dimension;
        }
        return index.toString();
    }
}
