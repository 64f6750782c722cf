package org.plmfrontier.dataset.compression;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.plmfrontier.dataset.fasta.Decompressor;
import org.plmfrontier.dataset.finding.FindingClass;

/** Zstandard, of one frame or many. */
public final class Zstd implements Decompressor {
    @Override
    public byte[] magic() {
        return new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    }

    @Override
    public InputStream open(InputStream compressed) throws IOException {
        LibraryStream.Below below = new LibraryStream.Below(compressed);
        return new LibraryStream(new ZstdInputStream(below), below, FindingClass.BROKEN_ZSTD);
    }
}
