package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A part of a file that is sent, and sent again where that failed.
 *
 * @param from first byte
 * @param bytes how many
 */
record FilePart(Path file, long from, long bytes) {
    private static final int CHUNK = 1 << 16;
    private static final String TYPE = "application/octet-stream";

    /** The bytes as a request carries them, read from the file each time. */
    RequestBody body() {
        return RequestBody.fromContentProvider(this::open, bytes, TYPE);
    }

    /** CRC-32C of the part as the service compares it: big-endian, in base 64. */
    String checksum() throws IOException {
        CRC32C crc = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        try (InputStream part = open()) {
            for (int read = part.read(chunk); read >= 0; read = part.read(chunk)) {
                crc.update(chunk, 0, read);
            }
        }
        byte[] digest =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(digest);
    }

    private InputStream open() {
        try {
            return new Section(FileChannel.open(file, StandardOpenOption.READ), from, from + bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of a file from one place to another. */
    private static final class Section extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Section(FileChannel channel, long from, long end) {
            this.channel = channel;
            this.position = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, end - position);
            if (wanted <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
