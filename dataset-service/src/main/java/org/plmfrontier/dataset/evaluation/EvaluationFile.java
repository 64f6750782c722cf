package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.Sources;
import org.plmfrontier.runtime.digest.Sha256;

/** A copy of a file as it was when its evaluation was asked for; deleted when it is closed. */
record EvaluationFile(EvaluationData about, Path copy) implements AutoCloseable {
    /** Files are read by each trainer whole. */
    private static final long MOST_BYTES = 1L << 28;

    /**
     * Reads a file from wherever sources of corpora may come from.
     *
     * @param field where it stands in the request, for messages
     * @throws RefusedException where there is no such file, or it is empty or too large
     */
    static EvaluationFile read(Sources sources, String field, String role, String address) throws IOException {
        Source source = find(sources, field, address);
        Path copy = Files.createTempFile("evaluation", ".part");
        try {
            MessageDigest digest = Sha256.digest();
            try (InputStream in = sources.open(source);
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
                copy(in, out, field);
            }
            long bytes = Files.size(copy);
            if (bytes == 0) {
                throw new RefusedException(field, field + ": " + source.name() + " is empty");
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return new EvaluationFile(new EvaluationData(role, lastName(source.name()), sha256, bytes), copy);
        } catch (IOException | RuntimeException e) {
            Files.delete(copy);
            throw e;
        }
    }

    private static Source find(Sources sources, String field, String address) throws IOException {
        List<Source> found;
        try {
            found = sources.find(List.of(address));
        } catch (RefusedException e) {
            throw new RefusedException(field, field + ": " + e.getMessage());
        }
        if (found.size() != 1) {
            throw new RefusedException(field, field + " must name one file, got a pattern for " + found.size());
        }
        return found.getFirst();
    }

    private static void copy(InputStream in, OutputStream out, String field) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        int read = in.read(buffer);
        while (read >= 0) {
            copied += read;
            if (copied > MOST_BYTES) {
                throw new RefusedException(field, field + " has more than " + MOST_BYTES + " bytes");
            }
            out.write(buffer, 0, read);
            read = in.read(buffer);
        }
    }

    private static String lastName(String path) {
        String plain = path.replaceFirst("[?#].*", "");
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    InputStream open() throws IOException {
        return Files.newInputStream(copy);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(copy);
    }
}
