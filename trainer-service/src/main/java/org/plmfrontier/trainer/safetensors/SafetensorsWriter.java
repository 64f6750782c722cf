package org.plmfrontier.trainer.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** Writes float32 tensors one after the other, then the checksum into the header. Not thread-safe. */
final class SafetensorsWriter implements TensorSink, Closeable {
    private final FileChannel channel;
    private final Iterator<TensorSpec> expected;
    private final int checksumPlace;
    private final CRC32C crc = new CRC32C();

    /**
     * Starts a file.
     *
     * @param file must not exist yet, or is written over
     * @param tensors all tensors in the order in which they will come
     */
    SafetensorsWriter(Path file, Map<String, String> metadata, List<TensorSpec> tensors) throws IOException {
        byte[] header = header(metadata, tensors).encode();
        this.expected = tensors.iterator();
        this.checksumPlace = Long.BYTES + Checksum.place(header);
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        drain(start.putLong(header.length).put(header).flip());
        crc.update(header);
    }

    @Override
    public void write(TensorSpec tensor, ByteBuffer values) throws IOException {
        TensorSpec next = expected.hasNext() ? expected.next() : null;
        if (!tensor.equals(next) || values.remaining() != tensor.bytes()) {
            throw new IllegalArgumentException(
                    "got tensor " + tensor + " of " + values.remaining() + " bytes, expected " + next);
        }
        crc.update(values.duplicate());
        drain(values);
    }

    /** Completes the file and forces it to the disk. */
    void finish() throws IOException {
        if (expected.hasNext()) {
            throw new IllegalStateException("tensor " + expected.next() + " was not written");
        }
        byte[] digits = Checksum.text(crc.getValue()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(digits), checksumPlace);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static SafetensorsHeader header(Map<String, String> metadata, List<TensorSpec> tensors) {
        Map<String, String> texts = new LinkedHashMap<>(metadata);
        texts.put(Checksum.KEY, Checksum.BLANK);
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        long offset = 0;
        for (TensorSpec tensor : tensors) {
            long end = offset + tensor.bytes();
            entries.put(tensor.name(), new SafetensorsHeader.Entry("F32", tensor.shape(), offset, end));
            offset = end;
        }
        return new SafetensorsHeader(texts, entries);
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
