package org.plmfrontier.fitting.tracking;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.plmfrontier.fitting.table.BadTableException;

/**
 * One event file of TensorBoard: records of TFRecord framing (tensorflow/core/lib/io/record_writer.h), each a length of eight
 * bytes, the masked CRC-32C of the length, the bytes of an {@link EventMessage} and their masked CRC-32C, little endian. What
 * is damaged is told by its place, and all else is read.
 */
record EventFile(Path file) {
    private static final int LENGTH = 8;
    private static final int CHECKSUM = 4;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int BUFFER = 1 << 18;
    /** Bytes of an event that may hold scalars; longer ones are graphs and images, which are passed over. */
    private static final int LONGEST = 1 << 24;

    private static final long LARGEST = 1L << 31;

    /** Receives what stands in a file. */
    interface Events {
        /** A scalar; records are counted from 1. */
        void scalar(int record, long step, String tag, double value);

        /**
         * Something that cannot be read.
         *
         * @param offset of the record's first byte in the file
         */
        void damage(int record, long offset, String what);
    }

    /** Whether the file begins with a record whose length has the right checksum. */
    static boolean begins(byte[] head) {
        return head.length >= LENGTH + CHECKSUM && intAt(head, LENGTH) == masked(head, LENGTH);
    }

    /**
     * Reads the whole file.
     *
     * @throws BadTableException where it is too large
     */
    void read(Events events) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new BadTableException(file + " has " + size + " bytes; event files above 2 GiB (" + LARGEST
                    + " bytes) are not read: write fewer histograms and images, or export the scalar as CSV");
        }
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            long offset = 0;
            int record = 1;
            for (long next = record(input, 0, size, 1, events); next > offset; ) {
                offset = next;
                record++;
                next = record(input, offset, size, record, events);
            }
        }
    }

    /** Reads a record; returns where the next one begins, or the offset itself where nothing more can be read. */
    private static long record(InputStream input, long offset, long size, int record, Events events)
            throws IOException {
        byte[] head = input.readNBytes(LENGTH + CHECKSUM);
        if (head.length == 0) {
            return offset;
        }
        if (head.length < LENGTH + CHECKSUM) {
            events.damage(record, offset, "the file is cut within the length of a record");
            return offset;
        }
        if (intAt(head, LENGTH) != masked(head, LENGTH)) {
            events.damage(
                    record,
                    offset,
                    "the checksum of a record's length is wrong, nothing from there on can be read (" + (size - offset)
                            + " bytes)");
            return offset;
        }
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long next = offset + LENGTH + CHECKSUM + length + CHECKSUM;
        if (length < 0 || next > size || next < 0) {
            events.damage(
                    record,
                    offset,
                    "the file is cut: the record has " + length + " bytes and the file ends "
                            + (size - offset - LENGTH - CHECKSUM) + " bytes after its beginning");
            return offset;
        }
        if (length > LONGEST) {
            input.skipNBytes(length + CHECKSUM);
            events.damage(
                    record,
                    offset,
                    "a record of " + length + " bytes is passed over, more than " + LONGEST + " are no scalars");
            return next;
        }
        byte[] data = input.readNBytes((int) length);
        byte[] checksum = input.readNBytes(CHECKSUM);
        if (checksum.length < CHECKSUM) {
            events.damage(record, offset, "the file is cut within a record");
            return offset;
        }
        event(data, intAt(checksum, 0), offset, record, events);
        return next;
    }

    private static void event(byte[] data, int checksum, long offset, int record, Events events) {
        if (checksum != masked(data, data.length)) {
            events.damage(record, offset, "the checksum of the record is wrong, it is left out");
            return;
        }
        try {
            EventMessage.read(data, (step, tag, value) -> events.scalar(record, step, tag, value));
        } catch (WireReader.MalformedMessageException e) {
            events.damage(record, offset, "the record is no event, it is left out: " + e.getMessage());
        }
    }

    private static int intAt(byte[] bytes, int index) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(index);
    }

    private static int masked(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + MASK_DELTA;
    }
}
