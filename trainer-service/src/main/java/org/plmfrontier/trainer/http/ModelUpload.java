package org.plmfrontier.trainer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.huggingface.UnfitModelException;

/** A zip with a model, unpacked into a folder of its own; entries beyond the three that matter are passed over. */
final class ModelUpload implements AutoCloseable {
    static final String CONFIG = "config.json";
    static final String VOCABULARY = "vocab.txt";
    static final String TENSORS = "model.safetensors";
    private static final List<String> WANTED = List.of(CONFIG, VOCABULARY, TENSORS);
    /** What models are kept in that is not read, and what to do. */
    private static final Map<String, String> OTHER_FORMS = Map.of(
            "model.safetensors.index.json",
            "stands for a model in several files, which is not read; save it with a larger max_shard_size",
            "pytorch_model.bin",
            "is a pickle, which is not read; save the model as safetensors");

    private static final int LARGEST_TEXT = 1 << 20;
    private static final int CHUNK = 1 << 16;
    /** Bytes of the disk that stay free for checkpoints. */
    private static final long RESERVE = 1L << 28;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path folder;

    private ModelUpload(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks a zip.
     *
     * @param home where the folder is made; on a disk with room for the model
     * @param trainer name of this process, part of the folder's name
     * @throws UnfitModelException where it is no zip, a file is missing, or one is larger than it may be
     */
    static ModelUpload unpack(InputStream zip, Path home, String trainer) throws IOException, UnfitModelException {
        Files.createDirectories(home);
        ModelUpload upload = new ModelUpload(Files.createTempDirectory(home, "import-" + trainer + "-"));
        try {
            upload.take(zip);
            return upload;
        } catch (IOException | UnfitModelException | RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    /** Deletes what an earlier process of this trainer did not get to delete; only before the first upload. */
    static void sweep(Path home, String trainer) throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        Pattern own = Pattern.compile("import-" + Pattern.quote(trainer) + "-\\d+");
        List<Path> folders;
        try (Stream<Path> entries = Files.list(home)) {
            folders = entries.filter(
                            entry -> own.matcher(entry.getFileName().toString()).matches())
                    .toList();
        }
        for (Path folder : folders) {
            new ModelUpload(folder).close();
        }
    }

    Map<String, Object> config() throws IOException, UnfitModelException {
        try {
            Map<String, Object> config = JSON.readValue(text(CONFIG), new TypeReference<>() {});
            if (config == null) {
                throw new UnfitModelException(CONFIG, "is null, no JSON object");
            }
            return config;
        } catch (JsonProcessingException e) {
            throw new UnfitModelException(CONFIG, "is no JSON object: " + e.getOriginalMessage());
        }
    }

    /** One token a line; null where the model came without. */
    @Nullable
    String vocabulary() throws IOException, UnfitModelException {
        return Files.exists(folder.resolve(VOCABULARY)) ? text(VOCABULARY) : null;
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

    private String text(String name) throws IOException, UnfitModelException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.startsWith("\uFEFF") || text.indexOf('\0') >= 0) {
                throw new UnfitModelException(name, "is no plain UTF-8: it holds a byte order mark or NULs");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new UnfitModelException(name, "is no UTF-8 at its byte " + bytes.position());
        }
    }

    private void take(InputStream stream) throws IOException, UnfitModelException {
        Set<String> taken = new HashSet<>();
        try (ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (WANTED.contains(name)) {
                    if (!taken.add(name)) {
                        throw new UnfitModelException(name, "stands twice in the zip");
                    }
                    copy(zip, name);
                } else if (OTHER_FORMS.containsKey(name)) {
                    throw new UnfitModelException(name, String.valueOf(OTHER_FORMS.get(name)));
                }
            }
        } catch (ZipException e) {
            throw new UnfitModelException("the request", "is no sound zip: " + e.getMessage());
        }
        for (String name : List.of(CONFIG, TENSORS)) {
            if (!taken.contains(name)) {
                throw new UnfitModelException(name, "is missing in the zip");
            }
        }
    }

    /** Copies an entry as far as its kind and the disk allow. */
    private void copy(InputStream entry, String name) throws IOException, UnfitModelException {
        boolean text = !name.equals(TENSORS);
        long room = Math.max(0, Files.getFileStore(folder).getUsableSpace() - RESERVE);
        long most = text ? Math.min(LARGEST_TEXT, room) : room;
        long bytes = 0;
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            for (int read = entry.read(chunk); read >= 0; read = entry.read(chunk)) {
                bytes += read;
                if (bytes > most) {
                    throw new UnfitModelException(
                            name, "is larger than " + most + " bytes, " + (text ? "the most" : "the room on the disk"));
                }
                out.write(chunk, 0, read);
            }
        }
    }
}
