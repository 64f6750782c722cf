package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.plmfrontier.dataset.finding.FindingClass;

/**
 * All members of a gzip file (RFC 1952) as one stream. Unlike the library's reader it never takes a broken tail for the
 * end: a member that breaks off, a BGZF file (SAM specification, section 4.1) whose last block is not the empty one, and
 * bytes that are no member are said. Zero bytes are padding. Not thread-safe.
 */
final class GzipStream extends InputStream {
    private static final byte[] MEMBER = {0x1F, (byte) 0x8B, 8};
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final ByteFeed feed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean inMember;
    private boolean over;
    private boolean inBlock;
    private boolean blocks;
    private boolean unfinishedBlocks;

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
        boolean more = feed.skipZeros();
        if (more && feed.startsWith(MEMBER)) {
            readHeader();
            return true;
        }
        if (unfinishedBlocks || (more && feed.endsWithin(MEMBER))) {
            throw new BrokenCompressionException(
                    FindingClass.TRUNCATED_GZIP,
                    unfinishedBlocks ? "the BGZF file has no end block: it is cut" : "the gzip stream ends too early");
        }
        BrokenCompressionException trailing =
                more ? TrailingBytes.judge(feed, "gzip", FindingClass.CORRUPT_GZIP, blocks) : null;
        if (trailing != null) {
            throw trailing;
        }
        return false;
    }

    private void readHeader() throws IOException {
        feed.pass(MEMBER.length);
        int flags = feed.next();
        feed.pass(6);
        inBlock = (flags & EXTRA) != 0 && isBlock(feed.next() | feed.next() << 8);
        blocks |= inBlock;
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        feed.pass((flags & HEADER_CRC) != 0 ? 2 : 0);
        inMember = true;
        inflater.reset();
        crc.reset();
    }

    /** Reads the extra field; whether it says that the member is a block of a BGZF file. */
    private boolean isBlock(int length) throws IOException {
        boolean block = false;
        int left = length;
        while (left >= 4) {
            boolean marked = feed.next() == 'B' & feed.next() == 'C';
            int size = feed.next() | feed.next() << 8;
            block |= marked && size == 2;
            int skipped = Math.min(size, left - 4);
            feed.pass(skipped);
            left -= 4 + skipped;
        }
        feed.pass(left);
        return block;
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
        unfinishedBlocks = inBlock && inflater.getBytesWritten() > 0;
    }
}
