package org.plmfrontier.dataset.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream ahead in a thread of its own, {@value #BLOCKS} blocks of {@value #BLOCK} bytes at most, so that
 * fetching, hashing and decompressing go on while what was read is worked on. Gives every byte that came before the
 * stream's end or failure, then the end or the failure. The stream underneath is free for its owner from then on, and
 * is closed with this one. For one reading thread.
 */
public final class ReadAhead extends InputStream {
    private static final int BLOCKS = 8;
    private static final int BLOCK = 1 << 16;

    /** Bytes that were read, and what came after them where the stream is over. */
    private record Read(byte[] bytes, int length, @Nullable End end) {}

    /** The end of the stream; a failure where it did not end well. */
    private record End(@Nullable Throwable failure) {}

    private final InputStream in;
    private final ExecutorService thread;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Read> full = new ArrayBlockingQueue<>(BLOCKS);
    private Read now = new Read(new byte[BLOCK], 0, null);
    private int at;

    /** @param name of the thread */
    public ReadAhead(String name, InputStream in) {
        this.in = in;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        for (int i = 1; i < BLOCKS; i++) {
            free.add(new byte[BLOCK]);
        }
        thread.execute(this::readAll);
        thread.shutdown();
    }

    @Override
    public int read() throws IOException {
        return available(1) ? now.bytes()[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!available(length)) {
            return -1;
        }
        int count = Math.min(length, now.length() - at);
        System.arraycopy(now.bytes(), at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        thread.close();
        in.close();
    }

    /** Makes the next bytes those of the block at hand; false at the end. */
    private boolean available(int wanted) throws IOException {
        while (wanted > 0 && at == now.length()) {
            if (now.end() != null) {
                requireSoundEnd(now.end().failure());
                return false;
            }
            free.add(now.bytes());
            try {
                now = full.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the file's next bytes");
            }
            at = 0;
        }
        return true;
    }

    private static void requireSoundEnd(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(failure);
        }
    }

    private void readAll() {
        try {
            Read read;
            do {
                read = readBlock(free.take());
                full.put(read);
            } while (read.end() == null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Read readBlock(byte[] block) {
        int length = 0;
        try {
            while (length < block.length) {
                int count = in.read(block, length, block.length - length);
                if (count < 0) {
                    return new Read(block, length, new End(null));
                }
                length += count;
            }
            return new Read(block, length, null);
        } catch (IOException | RuntimeException | Error e) {
            return new Read(block, length, new End(e));
        }
    }
}
