package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Files of this machine, named by an absolute path or a pattern ({@code *}, {@code ?}, {@code **}). */
public final class LocalFiles implements SourceStore {
    @Override
    public boolean serves(String address) {
        return !address.contains("://");
    }

    @Override
    public List<Source> find(String field, String address, @Nullable String sha256) throws IOException {
        if (!Path.of(address).isAbsolute()) {
            throw new RefusedException(field, address + " is not an absolute path");
        }
        if (!Glob.isPattern(address)) {
            return List.of(inspect(field, Path.of(address), sha256));
        }
        List<Source> found = new ArrayList<>();
        for (Path path : matching(address)) {
            found.add(inspect(field, path, null));
        }
        if (found.isEmpty()) {
            throw new RefusedException(field, "no file matches " + address);
        }
        return found;
    }

    @Override
    public InputStream open(Source source, long offset) throws IOException {
        try {
            InputStream in = Files.newInputStream(Path.of(source.path()));
            in.skipNBytes(offset);
            return in;
        } catch (NoSuchFileException e) {
            throw VanishedException.gone(source.path());
        }
    }

    private static List<Path> matching(String pattern) throws IOException {
        Path root = Path.of(Glob.root(pattern));
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root, pattern.contains("**") ? Integer.MAX_VALUE : Glob.depth(pattern))) {
            return all.filter(path -> Glob.matches(pattern, path.toString()))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static Source inspect(String field, Path file, @Nullable String sha256) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new RefusedException(field, file + " is not a readable file");
        }
        if (sha256 != null) {
            return new Source(file.toString(), sha256, Files.size(file));
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            return new Source(file.toString(), HexFormat.of().formatHex(digest.digest()), bytes);
        }
    }
}
