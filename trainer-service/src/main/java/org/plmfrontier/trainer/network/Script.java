package org.plmfrontier.trainer.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.trainer.archive.Attribute;

/**
 * TorchScript text and the constants that it declares.
 *
 * @param attributes by name, in the order in which they are stored
 */
public record Script(String text, Map<String, Attribute> attributes) {
    public Script {
        Objects.requireNonNull(text, "text");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** What attention blocks share: rotary positions and attention by plain products. */
    public static String attention() throws IOException {
        return read(Script.class, "attention.torchscript");
    }

    /** Methods that read what is inside a model of attention blocks: a part of its class. */
    public static String layers() throws IOException {
        return read(Script.class, "layers.torchscript");
    }

    /**
     * A text that stands beside a class.
     *
     * @throws IOException where it cannot be read
     */
    public static String read(Class<?> owner, String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
