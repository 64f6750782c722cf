package org.plmfrontier.dataset.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongPredicate;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.spill.SpillFailedException;

/** All proteins as FASTA with their ordinals as identifiers, two lines each, for tools that compare. Not thread-safe. */
final class ProteinText implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private byte[] line = new byte[1 << 12];

    /** Goes on where the file ends. */
    ProteinText(Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER);
    }

    /** @throws SpillFailedException where the file cannot grow, naming it */
    void add(long ordinal, byte[] residues, int length) throws IOException {
        if (line.length < length + 1) {
            line = new byte[length + length / 2 + 1];
        }
        for (int i = 0; i < length; i++) {
            line[i] = (byte) Vocabulary.letterOf(residues[i]);
        }
        line[length] = '\n';
        try {
            out.write((">" + ordinal + "\n").getBytes(StandardCharsets.US_ASCII));
            out.write(line, 0, length + 1);
        } catch (IOException e) {
            throw new SpillFailedException(file, e);
        }
    }

    void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new SpillFailedException(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Copies the chosen proteins into a file of their own; how many there were. */
    static long select(Path all, LongPredicate chosen, Path target) throws IOException {
        long count = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(all), BUFFER);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER)) {
            while (in.read() == '>') {
                long ordinal = 0;
                for (int digit = in.read(); digit != '\n'; digit = in.read()) {
                    ordinal = ordinal * 10 + digit - '0';
                }
                boolean wanted = chosen.test(ordinal);
                count += wanted ? 1 : 0;
                if (wanted) {
                    out.write((">" + ordinal + "\n").getBytes(StandardCharsets.US_ASCII));
                }
                for (int letter = in.read(); letter != '\n'; letter = in.read()) {
                    if (wanted) {
                        out.write(letter);
                    }
                }
                if (wanted) {
                    out.write('\n');
                }
            }
        }
        return count;
    }
}
