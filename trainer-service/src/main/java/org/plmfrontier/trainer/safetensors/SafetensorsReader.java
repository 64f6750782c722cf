package org.plmfrontier.trainer.safetensors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** One open safetensors file; tensors are read one at a time. Not thread-safe. */
final class SafetensorsReader implements Closeable {
    private static final int LENGTH_BYTES = Long.BYTES;
    /** Room for 50,000 tensors; a header is held in memory as a whole, the tensors are not. */
    static final long LARGEST_HEADER = 8 << 20;

    private static final int CHUNK = 1 << 16;

    private final FileChannel channel;
    private final byte[] headerBytes;
    private final SafetensorsHeader header;

    private SafetensorsReader(FileChannel channel, byte[] headerBytes, SafetensorsHeader header) {
        this.channel = channel;
        this.headerBytes = headerBytes;
        this.header = header;
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws IOException where the header cannot be read or the file is not as long as the header says
     */
    static SafetensorsReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            byte[] headerBytes = headerBytes(channel);
            SafetensorsHeader header = HeaderReader.read(headerBytes);
            long expected = LENGTH_BYTES + headerBytes.length + header.dataBytes();
            if (channel.size() != expected) {
                throw new IOException("file has " + channel.size() + " bytes, its header says " + expected);
            }
            return new SafetensorsReader(channel, headerBytes, header);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    SafetensorsHeader header() {
        return header;
    }

    /** Raw little-endian values of a tensor. */
    ByteBuffer read(String name) throws IOException {
        SafetensorsHeader.Entry entry = entry(name);
        ByteBuffer values = ByteBuffer.allocate((int) entry.bytes());
        readFully(channel, values, LENGTH_BYTES + headerBytes.length + entry.begin());
        return values.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same values outside of the heap, for a file that nobody shortens meanwhile. */
    ByteBuffer map(String name) throws IOException {
        SafetensorsHeader.Entry entry = entry(name);
        long place = LENGTH_BYTES + headerBytes.length + entry.begin();
        return channel.map(FileChannel.MapMode.READ_ONLY, place, entry.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private SafetensorsHeader.Entry entry(String name) throws IOException {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new IOException("no tensor '" + name + "'");
        }
        if (entry.bytes() > Integer.MAX_VALUE) {
            throw new IOException("tensor '" + name + "' has " + entry.bytes() + " bytes, more than 2 GiB");
        }
        return entry;
    }

    /** @throws IOException where header or data are not what was written */
    void requireChecksum() throws IOException {
        String stored = header.metadata().get(Checksum.KEY);
        String computed = Checksum.text(checksum());
        if (!computed.equals(stored)) {
            throw new IOException("checksum is " + computed + ", the header says " + stored);
        }
    }

    /** Checksum over header and data, the checksum's own place counted as zeros. */
    long checksum() throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(Checksum.blanked(headerBytes));
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long position = LENGTH_BYTES + headerBytes.length;
        while (channel.read(chunk, position) > 0) {
            position += chunk.flip().remaining();
            crc.update(chunk);
            chunk.clear();
        }
        return crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static byte[] headerBytes(FileChannel channel) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length, 0);
        long bytes = length.flip().getLong();
        if (bytes <= 0 || bytes > channel.size() - LENGTH_BYTES) {
            throw new IOException(
                    "header length " + bytes + " is impossible in a file of " + channel.size() + " bytes");
        }
        if (bytes > LARGEST_HEADER) {
            throw new IOException("header of " + bytes + " bytes is longer than " + LARGEST_HEADER);
        }
        ByteBuffer header = ByteBuffer.allocate((int) bytes);
        readFully(channel, header, LENGTH_BYTES);
        return header.array();
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long from) throws IOException {
        long position = from;
        while (target.hasRemaining()) {
            int read = channel.read(target, position);
            if (read < 0) {
                throw new EOFException("file ends at byte " + position);
            }
            position += read;
        }
    }
}
