package org.plmfrontier.dataset.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private static final int BLOCK = 1 << 16;

    /** Gives bytes in pieces of odd sizes, then fails or ends. */
    private static final class Pieces extends InputStream {
        private final InputStream bytes;
        private final boolean fails;
        private final AtomicLong given = new AtomicLong();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final Random sizes = new Random(5);

        Pieces(byte[] bytes, boolean fails) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.fails = fails;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("byte by byte");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = bytes.read(target, offset, Math.min(length, 1 + sizes.nextInt(100_000)));
            if (count < 0 && fails) {
                throw new IOException("the line is cut");
            }
            given.addAndGet(Math.max(0, count));
            return count;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 20 * BLOCK + 7})
    void allBytesComeOnceAndInOrder(int size) throws IOException {
        byte[] bytes = bytes(size);
        Pieces pieces = new Pieces(bytes, false);
        try (InputStream in = new ReadAhead("read", pieces)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(pieces.given).hasValue(size);
        }
        assertThat(pieces.closed).isTrue();
    }

    @Test
    void singleBytesComeToo() throws IOException {
        byte[] bytes = bytes(BLOCK + 3);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = new ReadAhead("read", new Pieces(bytes, false))) {
            for (int value = in.read(); value >= 0; value = in.read()) {
                read.write(value);
            }
        }
        assertThat(read.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void whatCameBeforeAFailureIsGivenBeforeIt() throws IOException {
        byte[] bytes = bytes(3 * BLOCK + 11);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = new ReadAhead("read", new Pieces(bytes, true))) {
            assertThatThrownBy(() -> in.transferTo(read))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the line is cut");
        }
        assertThat(read.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void noMoreIsReadAheadThanTheBlocksThatThereAre() throws IOException {
        Pieces pieces = new Pieces(bytes(64 * BLOCK), false);
        try (InputStream in = new ReadAhead("read", pieces)) {
            assertThat(in.readNBytes(10)).hasSize(10);
        }
        assertThat(pieces.given.get()).isLessThanOrEqualTo(8L * BLOCK);
        assertThat(pieces.closed).isTrue();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
