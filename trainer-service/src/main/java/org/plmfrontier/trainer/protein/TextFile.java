package org.plmfrontier.trainer.protein;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Lines of a text file, compressed by gzip or not: its first bytes say which. */
public final class TextFile {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;

    private TextFile() {}

    /** Opens a file; bytes that are no UTF-8 become replacement characters. */
    public static BufferedReader open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            bytes.mark(2);
            boolean gzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
            bytes.reset();
            InputStream plain = gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** A file's name without folder, compression and ending: {@code a/P53.wt.fasta.gz} is {@code P53.wt}. */
    public static String stem(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.endsWith(".gz") ? last.substring(0, last.length() - 3) : last;
        int dot = plain.lastIndexOf('.');
        return dot > 0 ? plain.substring(0, dot) : plain;
    }
}
