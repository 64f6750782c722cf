package org.plmfrontier.dataset.ingest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.SourceStore;
import org.plmfrontier.dataset.source.SourceStream;

/** One file that never ends. */
final class SlowFiles implements SourceStore {
    private final CountDownLatch reading;

    /** @param reading is counted down when the file is read */
    SlowFiles(CountDownLatch reading) {
        this.reading = reading;
    }

    @Override
    public boolean serves(String address) {
        return address.startsWith("slow:");
    }

    @Override
    public boolean isPattern(String address) {
        return false;
    }

    @Override
    public List<Source> find(String field, String address, String sha256) {
        return List.of(new Source(address, null, 1L << 40, "1"));
    }

    @Override
    public SourceStream open(Source source, long offset) {
        return new SourceStream(new Endless(), SourceStream.UNKNOWN);
    }

    /** Proteins without end. */
    private final class Endless extends InputStream {
        private final byte[] record = ">a\nMKVLAAGIVGLCAKAYLEHPEFKTKLMNQRSTW\n".getBytes(StandardCharsets.US_ASCII);
        private long at;

        @Override
        public int read() {
            if (at == 1 << 16) {
                reading.countDown();
            }
            return record[(int) (at++ % record.length)];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
                target[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
