package org.plmfrontier.dataset.compression;

import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.plmfrontier.dataset.fasta.Decompressor;
import org.plmfrontier.dataset.finding.FindingClass;

/** Bzip2, of one stream or many. */
public final class Bzip2 implements Decompressor {
    @Override
    public byte[] magic() {
        return new byte[] {'B', 'Z', 'h'};
    }

    @Override
    public InputStream open(InputStream compressed) {
        return new LibraryStream(
                compressed, FindingClass.BROKEN_BZIP2, below -> new BZip2CompressorInputStream(below, true));
    }
}
