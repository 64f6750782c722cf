package org.plmfrontier.dataset.spill;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** One spill file in memory, in the order of the keys. */
final class SpillBucket {
    private static final int RESIDUES = Long.BYTES;
    private static final int LENGTH = RESIDUES + Integer.BYTES;

    private record Entry(long key, int at) {}

    private final ByteBuffer bytes;
    private final List<Entry> entries = new ArrayList<>();

    private SpillBucket(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    static SpillBucket load(Path file, LongUnaryOperator keys) throws IOException {
        SpillBucket bucket = new SpillBucket(Files.readAllBytes(file));
        for (int at = 0; at < bucket.bytes.capacity(); at += SpillWriter.PREFIX + bucket.bytes.getInt(at + LENGTH)) {
            bucket.entries.add(new Entry(keys.applyAsLong(bucket.bytes.getLong(at)), at));
        }
        bucket.entries.sort((one, other) -> Long.compareUnsigned(one.key(), other.key()));
        return bucket;
    }

    /** Gives the entries of a file of any size in the order of the file. */
    static void stream(Path file, SpilledSequence sink) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            long left = Files.size(file);
            while (left > 0) {
                long ordinal = in.readLong();
                int residues = in.readInt();
                byte[] payload = in.readNBytes(in.readInt());
                sink.accept(ordinal, residues, payload);
                left -= SpillWriter.PREFIX + payload.length;
            }
        }
    }

    void drain(SpilledSequence sink) throws IOException {
        for (Entry entry : entries) {
            int from = entry.at() + SpillWriter.PREFIX;
            int length = bytes.getInt(entry.at() + LENGTH);
            sink.accept(
                    bytes.getLong(entry.at()),
                    bytes.getInt(entry.at() + RESIDUES),
                    Arrays.copyOfRange(bytes.array(), from, from + length));
        }
    }
}
