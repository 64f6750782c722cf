package org.plmfrontier.fitting.http;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of requests on their way to disk, bounded each and together, while the disk has room. Thread-safe.
 */
@Singleton
final class SpoolFolder {
    /** The disk is asked once per so many bytes. */
    private static final long PIECE = 1 << 20;

    private static final Pattern HELD = Pattern.compile(Spool.PREFIX + "(\\d{1,18})-\\d+\\.csv");

    private final SpoolLimits limits;
    private final AtomicLong held = new AtomicLong();

    /** @throws UncheckedIOException where what a killed process left cannot be deleted */
    SpoolFolder(SpoolLimits limits) {
        this.limits = limits;
        sweep();
    }

    /** Files of processes that are no more, and of this one's id, which has made none yet, are nobody's. */
    private void sweep() {
        if (!Files.isDirectory(limits.folder())) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(limits.folder(), Spool.PREFIX + "*.csv")) {
            for (Path file : files) {
                Matcher name = HELD.matcher(file.getFileName().toString());
                if (!name.matches() || isNobodys(Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("leftovers in " + limits.folder() + " cannot be deleted", e);
        }
    }

    private static boolean isNobodys(long pid) {
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    /**
     * Spools a body.
     *
     * @param length the request's Content-Length; null where it does not say it
     * @param reading how the content is to be read; another reading is another content
     * @throws Refused where the body is too large, or there is no room for it
     */
    Spool spool(InputStream body, @Nullable String length, String reading) throws IOException {
        return spool(body::transferTo, length, reading);
    }

    Spool spool(Spool.Content content, @Nullable String length, String reading) throws IOException {
        long announced = length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
        requireSize(announced);
        Files.createDirectories(limits.folder());
        requireRoom(announced);
        return Spool.of(limits.folder(), output -> content.to(new Bounded(output)), reading, held);
    }

    private void requireSize(long bytes) {
        if (bytes > limits.fileBytes()) {
            throw Refused.tooLarge(
                    "a file of more than " + limits.fileBytes()
                            + " bytes is not taken (fitting.imports.file-bytes); import its runs in parts, as studies of their own");
        }
    }

    private void requireRoom(long more) throws IOException {
        if (held.get() + more > limits.totalBytes()) {
            throw Refused.busy("files that are being imported take " + held.get() + " of " + limits.totalBytes()
                    + " bytes (fitting.imports.total-bytes), ask again later");
        }
        long free = Files.getFileStore(limits.folder()).getUsableSpace();
        if (free - more < limits.freeBytes()) {
            throw Refused.full("the service's disk for imports has " + free + " bytes left, of which "
                    + limits.freeBytes() + " stay free (fitting.imports.free-bytes)");
        }
    }

    /** Counts what is written and asks for room before more is. */
    private final class Bounded extends OutputStream {
        private final OutputStream output;
        private long written;
        private long asked;

        Bounded(OutputStream output) {
            this.output = output;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            requireSize(written + length);
            if (written + length > asked) {
                requireRoom(length);
                asked = written + length + PIECE;
            }
            output.write(bytes, offset, length);
            written += length;
            held.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            output.flush();
        }
    }
}
