package org.plmfrontier.trainer.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON text of a safetensors header and refuses what safetensors itself refuses (safetensors/src/tensor.rs,
 * Metadata::validate): text that is no UTF-8 or does not begin with a brace, a name that stands twice, an unknown dtype, a
 * shape whose product times the width is not the span of the offsets, and spans that overlap or leave a gap.
 */
final class HeaderReader {
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, SafetensorsHeader.Entry> tensors = new LinkedHashMap<>();
    private boolean metadataSeen;

    private HeaderReader() {}

    /**
     * Reads a header.
     *
     * @throws IOException with the tensor to blame, where there is one
     */
    static SafetensorsHeader read(byte[] json) throws IOException {
        if (json.length == 0 || json[0] != '{') {
            throw new IOException("header does not begin with '{'");
        }
        HeaderReader reader = new HeaderReader();
        try (JsonParser in = JSON.getFactory().createParser(text(json))) {
            reader.readAll(in);
        } catch (JsonProcessingException e) {
            throw new IOException("header is no sound JSON: " + e.getOriginalMessage(), e);
        }
        TensorPlaces.require(reader.tensors);
        return new SafetensorsHeader(reader.metadata, reader.tensors);
    }

    private static String text(byte[] json) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer text = CharBuffer.allocate(json.length);
        try {
            var result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
            if (result.isError()) {
                result.throwException();
            }
            return text.flip().toString();
        } catch (CharacterCodingException e) {
            throw new IOException("header is no UTF-8 at its byte " + bytes.position(), e);
        }
    }

    private void readAll(JsonParser in) throws IOException {
        in.nextToken();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            JsonNode value = JSON.readTree(in);
            boolean again = name.equals(METADATA) ? metadataSeen : tensors.containsKey(name);
            if (again) {
                throw new IOException("header names '" + name + "' twice");
            }
            if (name.equals(METADATA)) {
                metadataSeen = true;
                readMetadata(value);
            } else {
                tensors.put(name, entry(name, value));
            }
        }
        if (in.nextToken() != null) {
            throw new IOException("header goes on behind its end");
        }
    }

    private void readMetadata(JsonNode texts) throws IOException {
        if (!texts.isObject()) {
            throw new IOException("header's " + METADATA + " is no object");
        }
        for (Map.Entry<String, JsonNode> property : texts.properties()) {
            if (!property.getValue().isTextual()) {
                throw new IOException("header's " + METADATA + " '" + property.getKey() + "' is no text");
            }
            metadata.put(property.getKey(), property.getValue().asText());
        }
    }

    private static SafetensorsHeader.Entry entry(String name, JsonNode tensor) throws IOException {
        JsonNode offsets = tensor.path("data_offsets");
        if (!tensor.path("dtype").isTextual() || !tensor.path("shape").isArray() || offsets.size() != 2) {
            throw new IOException("header entry of tensor '" + name + "' is incomplete");
        }
        List<Integer> shape = new ArrayList<>();
        for (JsonNode dimension : tensor.path("shape")) {
            shape.add((int) whole(name, "dimension", dimension, Integer.MAX_VALUE));
        }
        long begin = whole(name, "offset", offsets.get(0), Long.MAX_VALUE);
        long end = whole(name, "offset", offsets.get(1), Long.MAX_VALUE);
        if (end < begin) {
            throw new IOException("tensor '" + name + "' begins at " + begin + " and ends before it at " + end);
        }
        return new SafetensorsHeader.Entry(tensor.path("dtype").asText(), shape, begin, end);
    }

    private static long whole(String name, String what, JsonNode number, long largest) throws IOException {
        boolean whole = number.isIntegralNumber() && number.canConvertToLong();
        if (!whole || number.asLong() < 0 || number.asLong() > largest) {
            throw new IOException(
                    "tensor '" + name + "' has the " + what + " " + number + ", not one of 0 to " + largest);
        }
        return number.asLong();
    }
}
