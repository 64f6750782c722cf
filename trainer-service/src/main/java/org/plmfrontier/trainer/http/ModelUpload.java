package org.plmfrontier.trainer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.plmfrontier.trainer.huggingface.UnfitModelException;

/** A zip with an exported model, unpacked into a folder of its own; entries beyond the three that matter are passed over. */
final class ModelUpload implements AutoCloseable {
    static final String CONFIG = "config.json";
    static final String VOCABULARY = "vocab.txt";
    static final String TENSORS = "model.safetensors";
    private static final List<String> WANTED = List.of(CONFIG, VOCABULARY, TENSORS);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private ModelUpload(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks a zip.
     *
     * @param home where the folder is made; on a disk with room for the model
     * @throws UnfitModelException where it is no zip or a file is missing
     */
    static ModelUpload unpack(InputStream zip, Path home) throws IOException, UnfitModelException {
        Files.createDirectories(home);
        ModelUpload upload = new ModelUpload(Files.createTempDirectory(home, "import-"));
        try {
            upload.take(zip);
            return upload;
        } catch (IOException | UnfitModelException | RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    Map<String, Object> config() throws IOException, UnfitModelException {
        try {
            return JSON.readValue(folder.resolve(CONFIG).toFile(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UnfitModelException(CONFIG, "is no JSON object: " + e.getOriginalMessage());
        }
    }

    String vocabulary() throws IOException {
        return Files.readString(folder.resolve(VOCABULARY));
    }

    Path tensors() {
        return folder.resolve(TENSORS);
    }

    @Override
    public void close() throws IOException {
        for (String name : WANTED) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }

    private void take(InputStream stream) throws IOException, UnfitModelException {
        try (ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (WANTED.contains(entry.getName())) {
                    Files.copy(zip, folder.resolve(entry.getName()));
                }
            }
        } catch (ZipException e) {
            throw new UnfitModelException("the request", "is no sound zip: " + e.getMessage());
        }
        for (String name : WANTED) {
            if (!Files.exists(folder.resolve(name))) {
                throw new UnfitModelException(name, "is missing in the zip");
            }
        }
    }
}
