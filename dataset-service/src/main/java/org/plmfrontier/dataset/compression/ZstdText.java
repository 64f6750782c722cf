package org.plmfrontier.dataset.compression;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The text of all frames of a zstd file, and after it what is wrong with their structure. Not thread-safe. */
final class ZstdText extends InputStream {
    /** What the library decoded in a call that fails is lost, so calls are short. */
    private static final int MOST = 1 << 12;

    private final ZstdFrames frames;
    private final ZstdInputStream text;

    ZstdText(InputStream compressed) throws IOException {
        this.frames = new ZstdFrames(compressed);
        // The frames say where the file breaks off; until then every byte is wanted.
        this.text = new ZstdInputStream(frames).setContinuous(true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = text.read(target, offset, Math.min(length, MOST));
        if (count < 0) {
            frames.requireSoundEnd();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
