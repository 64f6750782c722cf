package org.plmfrontier.dataset.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends entries to one spill file: ordinal (8 bytes), residues (4), length (4), payload. Not thread-safe. */
final class SpillWriter implements AutoCloseable {
    static final int PREFIX = Long.BYTES + 2 * Integer.BYTES;
    private static final int BUFFER = 1 << 15;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    SpillWriter(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void add(long ordinal, int residues, byte[] payload) throws IOException {
        if (buffer.remaining() < PREFIX) {
            flush();
        }
        buffer.putLong(ordinal).putInt(residues).putInt(payload.length);
        for (int at = 0; at < payload.length; ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(buffer.remaining(), payload.length - at);
            buffer.put(payload, at, count);
            at += count;
        }
    }

    /** @throws SpillFailedException where the file cannot grow, naming it */
    void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            buffer.clear();
            throw new SpillFailedException(file, e);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            channel.close();
        }
    }
}
