package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.plmfrontier.dataset.finding.FindingClass;

/**
 * All members of a gzip file (RFC 1952) as one stream. Unlike the library's reader it never takes a broken tail for the
 * end: whatever follows a member must be another member, and zero bytes are padding. Not thread-safe.
 */
final class GzipStream extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final ByteFeed feed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean inMember;
    private boolean over;

    GzipStream(InputStream compressed) {
        this.feed = new ByteFeed(compressed);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!over) {
            if (!inMember && !startMember()) {
                over = true;
                break;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        feed.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(target, offset, length);
            if (count == 0 && inflater.needsInput()) {
                feed.fill(inflater);
            }
            if (inflater.needsDictionary()) {
                throw new BrokenCompressionException(
                        FindingClass.CORRUPT_GZIP, "the gzip stream asks for a dictionary");
            }
            return count;
        } catch (DataFormatException e) {
            throw new BrokenCompressionException(
                    FindingClass.CORRUPT_GZIP, "the gzip stream does not decode: " + e.getMessage());
        }
    }

    private boolean startMember() throws IOException {
        int first = feed.nextOrEnd();
        while (first == 0) {
            first = feed.nextOrEnd();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1F || feed.next() != 0x8B || feed.next() != 8) {
            throw new BrokenCompressionException(FindingClass.CORRUPT_GZIP, "bytes after a gzip member are no member");
        }
        int flags = feed.next();
        feed.skip(6);
        if ((flags & EXTRA) != 0) {
            feed.skip(feed.next() | feed.next() << 8);
        }
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        feed.skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inMember = true;
        inflater.reset();
        crc.reset();
        return true;
    }

    private void skipText(int flag) throws IOException {
        if (flag != 0) {
            feed.skipText();
        }
    }

    private void endMember() throws IOException {
        feed.giveBack(inflater.getRemaining());
        long wantedCrc = feed.littleEndian32();
        long wantedSize = feed.littleEndian32();
        if (wantedCrc != crc.getValue() || wantedSize != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new BrokenCompressionException(FindingClass.CORRUPT_GZIP, "a gzip member fails its checksum");
        }
        inMember = false;
    }
}
