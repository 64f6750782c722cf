package org.plmfrontier.trainer.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.plmfrontier.trainer.huggingface.ModelFile;
import org.plmfrontier.trainer.huggingface.TensorFileFormat;

/**
 * An exported model as a zip whose entries are stored: weights do not compress. Each file is produced twice, once for its
 * size and checksum, which stand before it in the archive; nothing of it is held in memory. The same model gives the same
 * bytes.
 */
final class ModelZip {
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TensorFileFormat format;

    ModelZip(TensorFileFormat format) {
        this.format = format;
    }

    void write(List<ModelFile> files, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (ModelFile file : files) {
            zip.putNextEntry(entry(file));
            write(file, zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private ZipEntry entry(ModelFile file) throws IOException {
        SizeCounter counter = new SizeCounter();
        CheckedOutputStream checked = new CheckedOutputStream(counter, new CRC32());
        write(file, checked);
        ZipEntry entry = new ZipEntry(file.name());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(counter.size);
        entry.setCompressedSize(counter.size);
        entry.setCrc(checked.getChecksum().getValue());
        entry.setTimeLocal(ALWAYS);
        return entry;
    }

    private void write(ModelFile file, OutputStream out) throws IOException {
        switch (file) {
            case ModelFile.Text text -> out.write(text.content().getBytes(StandardCharsets.UTF_8));
            case ModelFile.Json json ->
                out.write((JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json.content()) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            case ModelFile.Tensors tensors -> format.write(tensors.content(), out);
        }
    }

    /** Counts bytes and drops them. */
    private static final class SizeCounter extends OutputStream {
        private long size;

        @Override
        public void write(int b) {
            size++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            size += length;
        }
    }
}
