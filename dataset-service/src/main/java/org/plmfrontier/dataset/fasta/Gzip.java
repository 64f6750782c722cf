package org.plmfrontier.dataset.fasta;

import java.io.InputStream;

/** Gzip, of one member or many (bgzip writes many). */
public final class Gzip implements Decompressor {
    @Override
    public byte[] magic() {
        return new byte[] {0x1F, (byte) 0x8B};
    }

    @Override
    public InputStream open(InputStream compressed) {
        return new GzipStream(compressed);
    }
}
