package org.plmfrontier.dataset.compression;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.dataset.fasta.Decompressor;
import org.plmfrontier.dataset.finding.FindingClass;

/** Zstandard (RFC 8878), of one frame or many; skippable frames, which pzstd writes before each other, are passed over. */
public final class Zstd implements Decompressor {
    /** First byte of a skippable frame's magic; sixteen of them are in use. */
    static final int FIRST_SKIPPABLE = 0x50;

    static final int LAST_SKIPPABLE = 0x5F;

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public List<byte[]> magics() {
        List<byte[]> magics = new ArrayList<>();
        magics.add(ZstdFrames.FRAME);
        for (int first = FIRST_SKIPPABLE; first <= LAST_SKIPPABLE; first++) {
            magics.add(new byte[] {(byte) first, 0x2A, 0x4D, 0x18});
        }
        return magics;
    }

    @Override
    public InputStream open(InputStream compressed) {
        return new LibraryStream(compressed, FindingClass.BROKEN_ZSTD, ZstdText::new);
    }
}
