package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.runtime.digest.Sha256;
import org.plmfrontier.runtime.disk.DiskQuota;
import org.plmfrontier.runtime.disk.ProcessFiles;

/**
 * Files that people sent, kept as sources of corpora: each content once, in a folder named by its hash. What no corpus is
 * made of is deleted by {@link #sweep} once it is a day old. Thread-safe.
 */
public final class Uploads {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_SHOWN = 120;
    private static final Duration UNUSED_FOR = Duration.ofDays(1);

    private final DiskQuota quota;
    private final ProcessFiles parts;

    /**
     * A file as it is kept.
     *
     * @param address absolute path, to be named among the sources of a corpus
     * @param bytes its size
     * @param sha256 hash of its content, hexadecimal
     */
    public record Upload(String address, long bytes, String sha256) {}

    /** @throws UncheckedIOException where what a killed process left cannot be deleted, or the folder cannot be read */
    public Uploads(DiskQuota quota) {
        this.quota = quota;
        this.parts = new ProcessFiles(quota.folder(), "upload-", ".part");
        parts.sweep();
        try {
            for (Path file : kept()) {
                quota.hold(Files.size(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("uploads in " + quota.folder() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps a file; where its content is there already, under whatever name, that one is the answer.
     *
     * @param name its last name, which tells people what it is
     * @param contentLength the request's header; empty where it has none
     * @throws RefusedException where the name is none or the file is empty
     * @throws org.plmfrontier.runtime.disk.NoRoomException where there is no room for it
     */
    public Upload keep(String name, String contentLength, InputStream body) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(
                    "name",
                    "name must be a file's last name of letters, digits, '.', '_' and '-', at most 100, that begins with a"
                            + " letter or digit, as proteins.fasta.gz; got '" + excerpt(name) + "'");
        }
        quota.require(contentLength);
        Path part = parts.create();
        MessageDigest digest = Sha256.digest();
        long before = 0;
        try {
            try (OutputStream output = new DigestOutputStream(quota.bounded(Files.newOutputStream(part)), digest)) {
                body.transferTo(output);
            } finally {
                before = Files.size(part);
            }
            if (before == 0) {
                throw new RefusedException("body", name + " is empty");
            }
            force(part);
            return place(part, name, HexFormat.of().formatHex(digest.digest()));
        } finally {
            if (Files.deleteIfExists(part)) {
                quota.release(before);
            }
        }
    }

    private synchronized Upload place(Path part, String name, String hash) throws IOException {
        Path folder = Files.createDirectories(quota.folder().resolve(hash));
        List<Path> known = files(folder);
        Path file = known.isEmpty() ? folder.resolve(name) : known.getFirst();
        if (known.isEmpty()) {
            Files.move(part, file);
        } else {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
        return new Upload(file.toAbsolutePath().normalize().toString(), Files.size(file), hash);
    }

    private static String excerpt(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > MOST_SHOWN ? plain.substring(0, MOST_SHOWN) + "..." : plain;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Deletes files that are older than a day and of which no corpus is made.
     *
     * @param wanted addresses of the sources of all corpora
     * @throws UncheckedIOException where one cannot be deleted
     */
    public synchronized void sweep(Set<String> wanted, Instant now) {
        Instant oldest = now.minus(UNUSED_FOR);
        try {
            for (Path file : kept()) {
                boolean used = wanted.contains(file.toAbsolutePath().normalize().toString());
                if (!used && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    quota.release(Files.size(file));
                    Files.delete(file);
                    Files.deleteIfExists(file.resolveSibling(""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("uploads in " + quota.folder() + " cannot be deleted", e);
        }
    }

    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(quota.folder())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(quota.folder(), 2)) {
            return all.filter(file -> Files.isRegularFile(file)
                            && HASH.matcher(file.resolveSibling("")
                                            .getFileName()
                                            .toString())
                                    .matches())
                    .toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
