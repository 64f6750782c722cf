package org.plmfrontier.trainer.huggingface;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model file in memory, of float32 tensors. */
final class MemoryFile implements TensorFile {
    final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, ByteBuffer> values = new LinkedHashMap<>();

    void put(String name, List<Integer> shape, ByteBuffer numbers) {
        entries.put(name, new Entry("F32", shape));
        values.put(name, numbers);
    }

    @Override
    public Map<String, Entry> tensors() {
        return entries;
    }

    @Override
    public ByteBuffer read(String name) {
        return Objects.requireNonNull(values.get(name)).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {}
}
