package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A file of reference tensors from the test resources, read with the project's own reader. */
public final class Fixture implements AutoCloseable {
    private final SafetensorsReader reader;

    private Fixture(SafetensorsReader reader) {
        this.reader = reader;
    }

    /** For example {@code tiny}. */
    public static Fixture open(String name) {
        try {
            return new Fixture(SafetensorsReader.open(path(name + ".safetensors")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the fixtures. */
    public static Path path(String file) {
        try {
            return Path.of(Objects.requireNonNull(Fixture.class.getResource("/fixtures/" + file), file)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, String> metadata() {
        return reader.header().metadata();
    }

    /** Raw little-endian bytes. */
    public ByteBuffer bytes(String name) {
        try {
            return reader.read(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values of any type, widened. */
    public double[] values(String name) {
        ByteBuffer bytes = bytes(name);
        String type =
                Objects.requireNonNull(reader.header().tensors().get(name)).type();
        double[] values = new double[bytes.remaining() / (type.endsWith("64") ? 8 : 4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case "F32" -> bytes.getFloat();
                case "F64" -> bytes.getDouble();
                case "I32" -> bytes.getInt();
                case "I64" -> bytes.getLong();
                default -> throw new IllegalStateException(type);
            };
        }
        return values;
    }

    /** Whole numbers. */
    public int[] integers(String name) {
        double[] values = values(name);
        int[] integers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (int) values[i];
        }
        return integers;
    }

    public double scalar(String name) {
        return values(name)[0];
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
