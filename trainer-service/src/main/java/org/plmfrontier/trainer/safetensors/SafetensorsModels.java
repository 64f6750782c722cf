package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.trainer.huggingface.NamedTensor;
import org.plmfrontier.trainer.huggingface.TensorFile;

/** Model files as others read and write them: without a checksum, tensors of any type. */
public final class SafetensorsModels {
    private SafetensorsModels() {}

    /** Writes float32 tensors one after the other; see {@link org.plmfrontier.trainer.huggingface.TensorFileFormat}. */
    public static void write(List<NamedTensor> tensors, OutputStream out) throws IOException {
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        long offset = 0;
        for (NamedTensor tensor : tensors) {
            long values = tensor.shape().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            long end = offset + values * Float.BYTES;
            entries.put(tensor.name(), new SafetensorsHeader.Entry("F32", tensor.shape(), offset, end));
            offset = end;
        }
        byte[] header = new SafetensorsHeader(Map.of("format", "pt"), entries).encode();
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (NamedTensor tensor : tensors) {
            ByteBuffer values = tensor.values().read();
            byte[] bytes = new byte[values.remaining()];
            values.get(bytes);
            out.write(bytes);
        }
    }

    /** Opens a file of any origin; see {@link TensorFile.Opener}. */
    public static TensorFile open(Path file) throws IOException {
        SafetensorsReader reader = SafetensorsReader.open(file);
        Map<String, TensorFile.Entry> tensors = new LinkedHashMap<>();
        reader.header()
                .tensors()
                .forEach((name, entry) -> tensors.put(name, new TensorFile.Entry(entry.type(), entry.shape())));
        return new TensorFile() {
            @Override
            public Map<String, Entry> tensors() {
                return tensors;
            }

            @Override
            public ByteBuffer read(String name) throws IOException {
                return reader.map(name);
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }
}
