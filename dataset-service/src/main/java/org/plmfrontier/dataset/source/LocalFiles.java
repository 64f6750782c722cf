package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.runtime.digest.Sha256;

/**
 * Files of this machine, named by an absolute path or a pattern ({@code *}, {@code ?}, {@code **}). Patterns follow
 * linked folders; a file that several links lead to is taken once, by the first of its names. Thread-safe.
 */
public final class LocalFiles implements SourceStore {
    @Override
    public boolean serves(String address) {
        return !address.contains("://");
    }

    @Override
    public boolean isPattern(String address) {
        return Glob.isPattern(address);
    }

    @Override
    public List<Source> find(String field, String address, @Nullable String sha256) throws IOException {
        if (!path(field, address).isAbsolute()) {
            throw new RefusedException(field, Credentials.hidden(address) + " is not an absolute path");
        }
        if (!Glob.isPattern(address)) {
            return List.of(inspect(field, path(field, address), sha256));
        }
        List<Source> found = new ArrayList<>();
        Set<Path> taken = new HashSet<>();
        for (Path file : matching(field, address)) {
            requireReadable(field, file);
            if (taken.add(file.toRealPath())) {
                found.add(inspect(field, file, null));
            }
        }
        if (found.isEmpty()) {
            throw new RefusedException(field, "no file matches " + address);
        }
        return found;
    }

    @Override
    public SourceStream open(Source source, long offset) throws IOException {
        try {
            InputStream in = Files.newInputStream(Path.of(source.path()));
            in.skipNBytes(offset);
            return new SourceStream(in, SourceStream.UNKNOWN);
        } catch (NoSuchFileException e) {
            throw VanishedException.gone(source.path());
        }
    }

    private static Path path(String field, String address) {
        try {
            return Path.of(address);
        } catch (InvalidPathException e) {
            throw new RefusedException(field, Credentials.hidden(address) + " is no path: " + e.getReason());
        }
    }

    private static List<Path> matching(String field, String pattern) throws IOException {
        Path root = path(field, Glob.root(pattern));
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                root,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                pattern.contains("**") ? Integer.MAX_VALUE : Glob.depth(pattern),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (!attributes.isDirectory() && !attributes.isOther() && matches(file)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        if (e instanceof FileSystemLoopException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw new RefusedException(field, file + ", where " + pattern + " may match, cannot be read");
                    }

                    private boolean matches(Path file) {
                        return Glob.matches(pattern, file.toString());
                    }
                });
        return found.stream().sorted().toList();
    }

    private static void requireReadable(String field, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new RefusedException(field, file + " is not a readable file");
        }
    }

    private static Source inspect(String field, Path file, @Nullable String sha256) throws IOException {
        requireReadable(field, file);
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
