package org.plmfrontier.dataset.compression;

import com.github.luben.zstd.ZstdInputStream;
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
    public InputStream open(InputStream compressed) {
        return new LibraryStream(compressed, FindingClass.BROKEN_ZSTD, ZstdInputStream::new);
    }
}
