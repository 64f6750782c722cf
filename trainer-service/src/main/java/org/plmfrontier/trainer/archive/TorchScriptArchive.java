package org.plmfrontier.trainer.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program in the zip form that {@code torch.jit.load} reads: the text of one class and its scalar
 * attributes, no tensors. Equal programs give equal bytes.
 *
 * @param className class of the one object, defined in the source
 * @param source TorchScript text
 * @param attributes every attribute that the class declares; {@code training} is required by libtorch
 */
public record TorchScriptArchive(String className, String source, Map<String, Attribute> attributes) {
    /** File format version 10; another one switches the upgraders of old operators on. */
    private static final String FORMAT_VERSION = "10\n";

    /** Zip's first day gets an extra field that depends on the time zone; a later one does not. */
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    public TorchScriptArchive {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(source, "source");
        if (!attributes.containsKey("training")) {
            throw new IllegalArgumentException("attributes lack 'training', got " + attributes.keySet());
        }
    }

    /**
     * Writes the archive.
     *
     * @param file replaced where it exists
     */
    public void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(out);
        }
    }

    /** Writes the archive; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        store(zip, "m/data.pkl", Pickle.object(className, attributes));
        store(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        store(zip, "m/constants.pkl", Pickle.emptyTuple());
        store(zip, "m/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(FIXED_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
