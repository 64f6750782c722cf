package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** Imported parameters as a state before the first step: what an optimiser gathers is zero. */
final class ImportedState implements SavedState {
    private final SafetensorsReader reader;

    ImportedState(SafetensorsReader reader) {
        this.reader = reader;
    }

    @Override
    public RunProgress progress() {
        return RunProgress.START;
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) throws IOException {
        if (tensor.name().startsWith("adam.")) {
            return ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        }
        return reader.read(tensor.name());
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
