package org.plmfrontier.fitting.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.textfile.EncodedText;
import org.plmfrontier.runtime.digest.Sha256;
import org.plmfrontier.runtime.disk.DiskQuota;

/**
 * A request's body on disk, deleted when closed.
 *
 * @param hash SHA-256 of the content and of how it is to be read
 * @param quota is given back the bytes of the file when it is closed
 */
record Spool(Path file, String hash, DiskQuota quota) implements AutoCloseable {

    /** Writes something large. */
    interface Content {
        void to(OutputStream output) throws IOException;
    }

    /**
     * Spools a body.
     *
     * @param file an empty file, which is deleted where the content breaks off
     * @param reading how the content is to be read; another reading is another content
     * @param quota has counted each byte of the file by the time it is written
     */
    static Spool of(Path file, Content content, String reading, DiskQuota quota) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (OutputStream output = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            content.to(output);
        } catch (IOException | RuntimeException e) {
            delete(file, quota);
            throw e;
        }
        digest.update(reading.getBytes(StandardCharsets.UTF_8));
        return new Spool(file, HexFormat.of().formatHex(digest.digest()), quota);
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
        delete(file, quota);
    }

    private static void delete(Path file, DiskQuota quota) throws IOException {
        if (Files.exists(file)) {
            quota.release(Files.size(file));
            Files.delete(file);
        }
    }
}
