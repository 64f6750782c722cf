package org.plmfrontier.dataset.shuffle;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of one level of the spill, one per value of the key's next {@value #BITS} bits, where there is one. */
final class SpillFiles implements AutoCloseable {
    static final int BITS = 6;
    static final int BUCKETS = 1 << BITS;
    private static final int BUFFER = 1 << 13;

    private final Path folder;
    private final int level;
    private final @Nullable DataOutputStream[] outputs = new DataOutputStream[BUCKETS];

    SpillFiles(Path folder, int level) {
        this.folder = folder;
        this.level = level;
    }

    Path file(int bucket) {
        return folder.resolve("%02d".formatted(bucket));
    }

    /** Whether the key has bits left that a level below could split by. */
    boolean canSplit() {
        return (level + 2) * BITS <= Long.SIZE;
    }

    SpillFiles below(Path subfolder) {
        return new SpillFiles(subfolder, level + 1);
    }

    void add(long key, long ordinal, byte[] tokens) throws IOException {
        int bucket = (int) (key << (level * BITS) >>> (Long.SIZE - BITS));
        DataOutputStream out = output(bucket);
        out.writeLong(ordinal);
        out.writeInt(tokens.length);
        out.write(tokens);
    }

    @Override
    public void close() throws IOException {
        for (DataOutputStream output : outputs) {
            if (output != null) {
                output.close();
            }
        }
    }

    private DataOutputStream output(int bucket) throws IOException {
        DataOutputStream output = outputs[bucket];
        if (output == null) {
            output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(bucket)), BUFFER));
            outputs[bucket] = output;
        }
        return output;
    }
}
