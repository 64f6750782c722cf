package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Finds and hashes the files of a corpus. */
public final class SourceFiles {
    private SourceFiles() {}

    /**
     * Reads each file once to hash it.
     *
     * @param paths absolute paths, in the order in which the corpus reads them
     * @throws RefusedException where a path is not absolute or no readable file, naming which
     * @throws IOException where reading fails
     */
    public static List<Source> inspect(List<String> paths) throws IOException {
        if (paths.isEmpty()) {
            throw new RefusedException("sources", "sources must name at least one file");
        }
        List<Source> sources = new ArrayList<>();
        for (String path : paths) {
            sources.add(inspect("sources[" + sources.size() + "]", path));
        }
        return List.copyOf(sources);
    }

    private static Source inspect(String field, String path) throws IOException {
        Path file = Path.of(path);
        if (!file.isAbsolute()) {
            throw new RefusedException(field, path + " is not an absolute path");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new RefusedException(field, path + " is not a readable file");
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            return new Source(path, HexFormat.of().formatHex(digest.digest()), bytes);
        }
    }
}
