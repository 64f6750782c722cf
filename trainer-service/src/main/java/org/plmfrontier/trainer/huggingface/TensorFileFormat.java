package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** How tensors become one file. */
@FunctionalInterface
public interface TensorFileFormat {
    /** Writes all tensors in their order; the stream is not closed. */
    void write(List<NamedTensor> tensors, OutputStream out) throws IOException;
}
