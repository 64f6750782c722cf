package org.plmfrontier.fitting.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.textfile.EncodedText;
import org.plmfrontier.runtime.digest.Sha256;

/**
 * A request's body on disk, deleted when closed.
 *
 * @param hash SHA-256 of the content and of how it is to be read
 * @param held bytes of all bodies on the disk, from which this one's are taken when it is closed
 */
record Spool(Path file, String hash, AtomicLong held) implements AutoCloseable {

    /** Writes something large. */
    interface Content {
        void to(OutputStream output) throws IOException;
    }

    /**
     * Spools a body.
     *
     * @param reading how the content is to be read; another reading is another content
     * @param held has counted each byte of the file by the time it is written
     */
    static Spool of(Path folder, Content content, String reading, AtomicLong held) throws IOException {
        Path file =
                Files.createTempFile(folder, PREFIX + ProcessHandle.current().pid() + "-", ".csv");
        MessageDigest digest = Sha256.digest();
        try (OutputStream output = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            content.to(output);
        } catch (IOException | RuntimeException e) {
            delete(file, held);
            throw e;
        }
        digest.update(reading.getBytes(StandardCharsets.UTF_8));
        return new Spool(file, HexFormat.of().formatHex(digest.digest()), held);
    }

    /**
     * The content as text.
     *
     * @throws org.plmfrontier.fitting.table.BadTableException where it is none
     */
    TextSource text() throws IOException {
        return EncodedText.of(() -> Files.newInputStream(file));
    }

    @Override
    public void close() throws IOException {
        delete(file, held);
    }

    /** In front of the id of the process that holds the file. */
    static final String PREFIX = "import-";

    private static void delete(Path file, AtomicLong held) throws IOException {
        if (Files.exists(file)) {
            held.addAndGet(-Files.size(file));
            Files.delete(file);
        }
    }
}
