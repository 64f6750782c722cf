package org.plmfrontier.dataset.fasta;

import java.io.InputStream;
import java.util.List;

/** Gzip, of one member or many; bgzip writes many, the last of them empty. */
public final class Gzip implements Decompressor {
    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public List<byte[]> magics() {
        return List.of(new byte[] {0x1F, (byte) 0x8B});
    }

    @Override
    public InputStream open(InputStream compressed) {
        return new GzipStream(compressed);
    }
}
