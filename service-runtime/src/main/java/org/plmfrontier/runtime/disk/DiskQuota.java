package org.plmfrontier.runtime.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** How much of a folder's disk the bodies of requests may take. Thread-safe. */
public final class DiskQuota {
    /** The disk is asked once per so many bytes. */
    private static final long PIECE = 1 << 20;

    private final Limits limits;
    private final AtomicLong held = new AtomicLong();

    /**
     * The bounds, in bytes.
     *
     * @param folder where the files lie
     * @param fileBytes most of one file
     * @param totalBytes most of all files together
     * @param freeBytes what stays free on the disk
     * @param settings prefix of the settings {@code file-bytes}, {@code total-bytes} and {@code free-bytes}, for messages
     */
    public record Limits(Path folder, long fileBytes, long totalBytes, long freeBytes, String settings) {
        public Limits {
            if (fileBytes < 1 || totalBytes < 1 || freeBytes < 0) {
                throw new IllegalArgumentException(settings
                        + ".file-bytes and .total-bytes must be positive and .free-bytes not negative, got " + fileBytes
                        + ", " + totalBytes + " and " + freeBytes);
            }
        }
    }

    public DiskQuota(Limits limits) {
        this.limits = limits;
    }

    public Path folder() {
        return limits.folder();
    }

    /**
     * Makes sure that there is room, and the folder.
     *
     * @param contentLength the request's Content-Length; anything else than a number says nothing
     * @throws NoRoomException where there is none
     */
    public void require(String contentLength) throws IOException {
        long bytes = contentLength.matches("\\d{1,18}") ? Long.parseLong(contentLength) : 0;
        requireSize(bytes);
        Files.createDirectories(limits.folder());
        requireRoom(bytes);
    }

    /** Counts what is written as held, and throws {@link NoRoomException} before there is more than there is room for. */
    public OutputStream bounded(OutputStream output) {
        return new Bounded(output);
    }

    /** Counts a file that is there already. */
    public void hold(long bytes) {
        held.addAndGet(bytes);
    }

    /** Counts a file as gone. */
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    private void requireSize(long bytes) {
        if (bytes > limits.fileBytes()) {
            throw new NoRoomException(
                    NoRoomException.Reason.TOO_LARGE,
                    "a file of more than " + limits.fileBytes() + " bytes is not taken (" + limits.settings()
                            + ".file-bytes)");
        }
    }

    private void requireRoom(long more) throws IOException {
        if (held.get() + more > limits.totalBytes()) {
            throw new NoRoomException(
                    NoRoomException.Reason.BUSY,
                    "files of requests take " + held.get() + " of " + limits.totalBytes() + " bytes ("
                            + limits.settings() + ".total-bytes), ask again later");
        }
        long free = Files.getFileStore(limits.folder()).getUsableSpace();
        if (free - more < limits.freeBytes()) {
            throw new NoRoomException(
                    NoRoomException.Reason.FULL,
                    "the service's disk at " + limits.folder() + " has " + free + " bytes left, of which "
                            + limits.freeBytes() + " stay free (" + limits.settings() + ".free-bytes)");
        }
    }

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
