package org.plmfrontier.dataset.shuffle;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of one level of the spill, one per value of the key's next {@value #BITS} bits. */
final class SpillFiles implements AutoCloseable {
    static final int BITS = 6;
    static final int BUCKETS = 1 << BITS;
    private static final int BUFFER = 1 << 13;

    private final Path folder;
    private final int level;
    private final DataOutputStream[] outputs = new DataOutputStream[BUCKETS];

    SpillFiles(Path folder, int level) throws IOException {
        this.folder = folder;
        this.level = level;
        for (int i = 0; i < BUCKETS; i++) {
            outputs[i] = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER));
        }
    }

    Path file(int bucket) {
        return folder.resolve("%02d".formatted(bucket));
    }

    /** Whether the key has bits left that a level below could split by. */
    boolean canSplit() {
        return (level + 2) * BITS <= Long.SIZE;
    }

    SpillFiles below(Path subfolder) throws IOException {
        return new SpillFiles(subfolder, level + 1);
    }

    void add(long key, long ordinal, byte[] tokens) throws IOException {
        int bucket = (int) (key << (level * BITS) >>> (Long.SIZE - BITS));
        DataOutputStream out = outputs[bucket];
        out.writeLong(ordinal);
        out.writeInt(tokens.length);
        out.write(tokens);
    }

    @Override
    public void close() throws IOException {
        for (DataOutputStream output : outputs) {
            output.close();
        }
    }
}
