package org.plmfrontier.trainer.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * The JSON header of a safetensors file (github.com/huggingface/safetensors, README, Format).
 *
 * @param metadata free text by name
 * @param tensors place of each tensor by name, in the file's order
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> tensors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    /**
     * Where a tensor lies.
     *
     * @param type F32, F64, I64 ...
     * @param begin first byte, counted from the end of the header
     * @param end byte after the last one
     */
    record Entry(String type, List<Integer> shape, long begin, long end) {
        Entry {
            shape = List.copyOf(shape);
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException("tensor of " + type + shape + " lies at " + begin + " to " + end);
            }
        }

        long bytes() {
            return end - begin;
        }
    }

    SafetensorsHeader {
        metadata = new LinkedHashMap<>(metadata);
        tensors = new LinkedHashMap<>(tensors);
    }

    /** Bytes of all tensors. */
    long dataBytes() {
        return tensors.values().stream().mapToLong(Entry::end).max().orElse(0);
    }

    /**
     * Holds the header against what must be in the file, no more and no less.
     *
     * @throws IOException with the first tensor that is not as it must be
     */
    void requireTensors(List<TensorSpec> wanted) throws IOException {
        for (TensorSpec tensor : wanted) {
            Entry entry = tensors.get(tensor.name());
            if (entry == null) {
                throw new IOException("tensor '" + tensor.name() + "' is missing");
            }
            if (!entry.type().equals("F32") || !entry.shape().equals(tensor.shape())) {
                throw new IOException("tensor '" + tensor.name() + "' is " + entry.type() + entry.shape()
                        + ", the run's shape needs F32" + tensor.shape());
            }
        }
        if (tensors.size() != wanted.size()) {
            throw new IOException("it holds " + tensors.size() + " tensors, the run's shape needs " + wanted.size());
        }
    }

    /** The JSON text, padded with spaces so that the data start at a multiple of {@value #ALIGNMENT}. */
    byte[] encode() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode texts = root.putObject(METADATA);
        metadata.forEach(texts::put);
        tensors.forEach((name, entry) -> {
            ObjectNode tensor = root.putObject(name).put("dtype", entry.type());
            entry.shape().forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
        return padded(root);
    }

    private static byte[] padded(ObjectNode root) {
        try {
            String json = JSON.writeValueAsString(root);
            int bytes = json.getBytes(StandardCharsets.UTF_8).length;
            int padding = (ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT;
            return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a safetensors header", e);
        }
    }
}
