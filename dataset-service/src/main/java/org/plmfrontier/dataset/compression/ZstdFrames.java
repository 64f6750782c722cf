package org.plmfrontier.dataset.compression;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.fasta.BrokenCompressionException;
import org.plmfrontier.dataset.fasta.ByteFeed;
import org.plmfrontier.dataset.fasta.NotFastaException;
import org.plmfrontier.dataset.fasta.TrailingBytes;
import org.plmfrontier.dataset.finding.FindingClass;

/**
 * The frames of a zstd file as the library should see them (RFC 8878, section 3): without skippable ones, and ending
 * where the last whole frame ends or the file breaks off. Refuses a frame whose window is larger than memory is given
 * for. Not thread-safe.
 */
final class ZstdFrames extends InputStream {
    static final byte[] FRAME = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    /** Largest window of a frame, bytes; what zstd itself takes without being asked for more. */
    static final long LARGEST_WINDOW = 1L << 27;

    private static final int LONGEST_HEADER = 18;
    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;
    private static final int RUN = 1;

    private enum Next {
        FRAME,
        BLOCK,
        CHECKSUM,
        END
    }

    private final ByteFeed feed;
    private Next next = Next.FRAME;
    private boolean checked;
    private boolean announced;
    private boolean seen;
    private long pending;
    private @Nullable BrokenCompressionException end;

    ZstdFrames(InputStream compressed) {
        this.feed = new ByteFeed(compressed);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (pending == 0 && next != Next.END) {
            switch (next) {
                case FRAME -> startFrame();
                case BLOCK -> startBlock();
                case CHECKSUM -> {
                    pending = CHECKSUM;
                    next = Next.FRAME;
                }
                case END -> {}
            }
        }
        if (pending == 0) {
            return -1;
        }
        int count = feed.read(target, offset, (int) Math.min(length, pending));
        if (count < 0) {
            breakOff();
        }
        pending -= Math.max(0, count);
        return count;
    }

    /** After the last byte: says where the file broke off, or what follows its last frame. */
    void requireSoundEnd() throws BrokenCompressionException {
        if (end != null) {
            throw end;
        }
    }

    @Override
    public void close() throws IOException {
        feed.close();
    }

    private void startFrame() throws IOException {
        if (!feed.skipZeros()) {
            if (announced) {
                breakOff();
            }
            next = Next.END;
            return;
        }
        int bytes = feed.ensure(LONGEST_HEADER);
        if (feed.startsWith(FRAME)) {
            readHeader(bytes);
        } else if (bytes >= FRAME.length && isSkippable()) {
            skip();
        } else if (feed.endsWithin(FRAME) || bytes < FRAME.length && isSkippableSoFar(bytes)) {
            breakOff();
        } else if (!seen) {
            throw new NotFastaException(
                    "begins like zstd, and no zstd frame follows; it may be lz4, which is not read; "
                            + "decompress it, or compress it by gzip, zstd or bzip2");
        } else {
            end = TrailingBytes.judge(feed, "zstd", FindingClass.BROKEN_ZSTD, false);
            next = Next.END;
        }
    }

    private void readHeader(int bytes) throws IOException {
        announced = false;
        seen = true;
        int descriptor = bytes > FRAME.length ? feed.peek(FRAME.length) : 0;
        boolean single = (descriptor >> 5 & 1) == 1;
        int[] dictionaryBytes = {0, 1, 2, 4};
        int[] sizeBytes = {single ? 1 : 0, 2, 4, 8};
        int sizeAt = FRAME.length + 1 + (single ? 0 : 1) + dictionaryBytes[descriptor & 3];
        int sizeLength = sizeBytes[descriptor >> 6];
        if (bytes < sizeAt + sizeLength) {
            breakOff();
            return;
        }
        requireWindow(single ? contentSize(sizeAt, sizeLength) : window(feed.peek(FRAME.length + 1)));
        checked = (descriptor >> 2 & 1) == 1;
        pending = sizeAt + sizeLength;
        next = Next.BLOCK;
    }

    private void startBlock() throws IOException {
        if (feed.ensure(BLOCK_HEADER) < BLOCK_HEADER) {
            breakOff();
            return;
        }
        long header = littleEndian(0, BLOCK_HEADER);
        long size = header >> 3;
        pending = BLOCK_HEADER + ((header >> 1 & 3) == RUN ? 1 : size);
        if ((header & 1) == 1) {
            next = checked ? Next.CHECKSUM : Next.FRAME;
        }
    }

    private void skip() throws IOException {
        if (feed.ensure(2 * FRAME.length) < 2 * FRAME.length) {
            breakOff();
            return;
        }
        long length = littleEndian(FRAME.length, FRAME.length);
        announced = feed.peek(0) == Zstd.FIRST_SKIPPABLE && length == FRAME.length;
        for (long left = length + 2 * FRAME.length; left > 0; left--) {
            if (feed.read() < 0) {
                breakOff();
                return;
            }
        }
    }

    private void breakOff() {
        end = new BrokenCompressionException(FindingClass.BROKEN_ZSTD, "the zstd file ends too early");
        pending = 0;
        next = Next.END;
    }

    private boolean isSkippable() {
        return isSkippableSoFar(FRAME.length);
    }

    private boolean isSkippableSoFar(int bytes) {
        int[] rest = {0, 0x2A, 0x4D, 0x18};
        boolean skippable = feed.peek(0) >= Zstd.FIRST_SKIPPABLE && feed.peek(0) <= Zstd.LAST_SKIPPABLE;
        for (int i = 1; i < bytes; i++) {
            skippable &= feed.peek(i) == rest[i];
        }
        return skippable;
    }

    private long littleEndian(int from, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | feed.peek(from + i);
        }
        return value;
    }

    private long contentSize(int from, int length) {
        return littleEndian(from, length) + (length == 2 ? 256 : 0);
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private static void requireWindow(long bytes) throws NotFastaException {
        if (bytes < 0 || bytes > LARGEST_WINDOW) {
            throw new NotFastaException("is compressed by zstd with a window of " + Long.toUnsignedString(bytes >>> 20)
                    + " MiB, above the " + (LARGEST_WINDOW >> 20)
                    + " MiB that are read; compress it again without --long: zstd -d --long=31 -c FILE | zstd > NEW");
        }
    }
}
