package org.plmfrontier.dataset.fasta;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Makes compressed files for tests. */
enum Compressor {
    GZIP,
    ZSTD,
    BZIP2;

    byte[] compress(byte[] text) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = onto(file)) {
            out.write(text);
        }
        return file.toByteArray();
    }

    private OutputStream onto(OutputStream file) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPOutputStream(file);
            case ZSTD -> new ZstdOutputStream(file).setChecksum(true);
            case BZIP2 -> new BZip2CompressorOutputStream(file);
        };
    }
}
