package org.plmfrontier.launcher.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A folder with a model in the layout of Hugging Face transformers. */
public final class ModelFolder {
    private static final String VOCABULARY = "vocab.txt";
    private static final String TENSORS = "model.safetensors";
    private static final List<String> IMPORTED = List.of("config.json", VOCABULARY, TENSORS);
    /** Forms of models that are not read, and what to do. */
    private static final Map<String, String> OTHER_FORMS = Map.of(
            "model.safetensors.index.json", "is in several files; save it with a larger max_shard_size",
            "pytorch_model.bin", "is a pickle, which is not read; save it as safetensors");

    private static final int CHUNK = 1 << 20;

    private final Path folder;

    public ModelFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder.
     *
     * @param force whether files that are there may be written over
     * @throws IOException where it holds something and must not be touched
     */
    public void prepare(boolean force) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file");
        }
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (!force && entries.findAny().isPresent()) {
                throw new IOException(folder + " is not empty; --force writes over the files of an earlier export");
            }
        }
    }

    /**
     * Unpacks a zip; a file takes its place only when it is whole.
     *
     * @param progress receives the bytes so far
     */
    public void unpack(InputStream stream, LongConsumer progress) throws IOException {
        long bytes = 0;
        try (ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = inside(entry.getName());
                Path beside = file.resolveSibling(file.getFileName() + ".part");
                try (OutputStream out = Files.newOutputStream(beside)) {
                    for (byte[] chunk = zip.readNBytes(CHUNK); chunk.length > 0; chunk = zip.readNBytes(CHUNK)) {
                        out.write(chunk);
                        bytes += chunk.length;
                        progress.accept(bytes);
                    }
                }
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Adds the corpus's manifest and names its SHA-256 in the card. */
    public void addManifest(String json) throws IOException {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("corpus-manifest.json"), bytes);
        String line = "\nThe corpus's manifest is `corpus-manifest.json`, SHA-256 `" + sha256(bytes) + "`.\n";
        Files.writeString(folder.resolve("README.md"), line, StandardOpenOption.APPEND);
    }

    /** Adds a section to the card. */
    public void addToCard(String section) throws IOException {
        Files.writeString(folder.resolve("README.md"), section, StandardOpenOption.APPEND);
    }

    /**
     * Packs what an import needs; a model without a vocabulary is packed without.
     *
     * @throws IOException where another file is missing, with the form that the model is in where that is known
     */
    public void pack(Path target) throws IOException {
        require();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            zip.setLevel(0);
            for (String name : IMPORTED) {
                Path file = folder.resolve(name);
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    /**
     * Refuses a folder without a model.
     *
     * @throws IOException with what is missing, and the form that the model is in where that is known
     */
    public void require() throws IOException {
        for (String name : IMPORTED) {
            if (!name.equals(VOCABULARY) && !Files.isRegularFile(folder.resolve(name))) {
                throw new IOException(folder + " holds no " + name + otherForm(name));
            }
        }
    }

    private String otherForm(String missing) {
        return OTHER_FORMS.entrySet().stream()
                .filter(form -> missing.equals(TENSORS) && Files.exists(folder.resolve(form.getKey())))
                .map(form -> ": the model " + form.getValue() + " (" + form.getKey() + ")")
                .findFirst()
                .orElse("");
    }

    private Path inside(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!folder.normalize().equals(file.getParent())) {
            throw new IOException("the zip holds '" + name + "', which does not belong into " + folder);
        }
        return file;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
