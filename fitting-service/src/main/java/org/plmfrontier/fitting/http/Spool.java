package org.plmfrontier.fitting.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.plmfrontier.fitting.table.TextSource;
import org.plmfrontier.fitting.textfile.EncodedText;

/**
 * A request's body on disk, deleted when closed.
 *
 * @param hash SHA-256 of the content and of how it is to be read
 */
record Spool(Path file, String hash) implements AutoCloseable {

    /** Writes something large. */
    interface Content {
        void to(OutputStream output) throws IOException;
    }

    /**
     * Spools a body.
     *
     * @param reading how the content is to be read; another reading is another content
     */
    static Spool of(InputStream body, String reading) throws IOException {
        return of(body::transferTo, reading);
    }

    static Spool of(Content content, String reading) throws IOException {
        Path file = Files.createTempFile("import-", ".csv");
        MessageDigest digest = sha256();
        try (OutputStream output = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            content.to(output);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        digest.update(reading.getBytes(StandardCharsets.UTF_8));
        return new Spool(file, HexFormat.of().formatHex(digest.digest()));
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
        Files.deleteIfExists(file);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
