package org.plmfrontier.fitting.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes event files as TensorBoard's writers do: TFRecord framing around the messages Event and Summary. */
final class EventBytes {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    /** The first record of every file. */
    EventBytes version() {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        wallTime(event);
        bytes(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        return record(event.toByteArray());
    }

    /** As PyTorch's {@code add_scalar} writes it. */
    EventBytes simple(long step, String tag, float value) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        bytes(content, 1, tag.getBytes(StandardCharsets.UTF_8));
        content.write(2 << 3 | 5);
        content.writeBytes(little(4).putFloat(value).array());
        return event(step, content.toByteArray());
    }

    /** As TensorFlow 2's {@code tf.summary.scalar} writes it: a float as the bytes of a tensor without dimensions. */
    EventBytes floatTensor(long step, String tag, float value) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, 1);
        bytes(tensor, 2, new byte[0]);
        bytes(tensor, 4, little(4).putFloat(value).array());
        return tensor(step, tag, tensor.toByteArray());
    }

    /** A double in the packed field of doubles, of one dimension of length 1. */
    EventBytes doubleTensor(long step, String tag, double value) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, 2);
        bytes(tensor, 2, new byte[] {2 << 3 | 2, 2, 1 << 3, 1});
        bytes(tensor, 6, little(8).putDouble(value).array());
        return tensor(step, tag, tensor.toByteArray());
    }

    /** A tensor of two floats, which is no scalar. */
    EventBytes pair(long step, String tag) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, 1);
        bytes(tensor, 2, new byte[] {2 << 3 | 2, 2, 1 << 3, 2});
        bytes(tensor, 4, little(8).putFloat(1).putFloat(2).array());
        return tensor(step, tag, tensor.toByteArray());
    }

    /** A record of any bytes. */
    EventBytes record(byte[] data) {
        byte[] length = little(8).putLong(data.length).array();
        file.writeBytes(length);
        file.writeBytes(little(4).putInt(masked(length)).array());
        file.writeBytes(data);
        file.writeBytes(little(4).putInt(masked(data)).array());
        return this;
    }

    int size() {
        return file.size();
    }

    byte[] toByteArray() {
        return file.toByteArray();
    }

    /** Hands over what was written so far and begins anew. */
    void drainTo(OutputStream target) {
        try {
            file.writeTo(target);
            file.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventBytes tensor(long step, String tag, byte[] tensor) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        bytes(content, 1, tag.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream plugin = new ByteArrayOutputStream();
        bytes(plugin, 1, "scalars".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream metadata = new ByteArrayOutputStream();
        bytes(metadata, 1, plugin.toByteArray());
        bytes(content, 9, metadata.toByteArray());
        bytes(content, 8, tensor);
        return event(step, content.toByteArray());
    }

    private EventBytes event(long step, byte[] value) {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        bytes(summary, 1, value);
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        wallTime(event);
        if (step != 0) {
            number(event, 2, step);
        }
        bytes(event, 5, summary.toByteArray());
        return record(event.toByteArray());
    }

    private static void wallTime(ByteArrayOutputStream event) {
        event.write(1 << 3 | 1);
        event.writeBytes(little(8).putDouble(1.7e9).array());
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        out.write(field << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        out.write(field << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        long value = crc.getValue();
        return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
    }
}
