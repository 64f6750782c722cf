package org.plmfrontier.dataset.compression;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.plmfrontier.dataset.fasta.Decompressor;
import org.plmfrontier.dataset.finding.FindingClass;

/** Bzip2, of one stream or many. */
public final class Bzip2 implements Decompressor {
    static final byte[] MAGIC = "BZh".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "bzip2";
    }

    @Override
    public List<byte[]> magics() {
        return List.of(MAGIC);
    }

    @Override
    public InputStream open(InputStream compressed) {
        return new LibraryStream(compressed, FindingClass.BROKEN_BZIP2, Bzip2Streams::new);
    }
}
