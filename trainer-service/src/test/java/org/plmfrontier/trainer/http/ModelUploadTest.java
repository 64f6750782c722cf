package org.plmfrontier.trainer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.trainer.huggingface.ModelImport;
import org.plmfrontier.trainer.huggingface.TensorFile;
import org.plmfrontier.trainer.huggingface.UnfitModelException;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;

class ModelUploadTest {
    @TempDir
    Path home;

    /** The folders of src/test/resources/models: what becomes of each on its way from the zip to the store. */
    @ParameterizedTest
    @CsvSource({
        "model-cfg-layers-1e9, config.json: field num_hidden_layers is 1000000000",
        "model-duplicate-key, header names 'esm.encoder.layer.0.attention.self.key.weight' twice",
        "model-nan-weights, tensor 'lm_head.bias' holds NaN at [0]"
    })
    void aModelThatCannotBeIsRefusedAndLeavesNothing(String name, String reason) throws Exception {
        assertThatThrownBy(() -> take(zip(folder(name)))).hasMessageContaining(reason);
        try (Stream<Path> left = Files.list(home.resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
        assertThat(home.resolve("store/_weights")).doesNotExist();
    }

    @Test
    void anExportThatOlderTransformersSavedAgainIsTaken() throws Exception {
        String weights = take(zip(folder("model-resaved-4.46")));
        assertThat(new FolderCheckpoints(home.resolve("store"), "t").cardOf(weights))
                .get()
                .asString()
                .contains("esm.embeddings.position_embeddings.weight, esm.embeddings.position_ids");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\":1,\"a\":2}', no JSON object: Duplicate",
        "'null', null",
        "'[]', no JSON object",
        "'{} x', no JSON object",
        "'\uFEFF{}', byte order mark",
        "'{\"num_hidden_layers\":NaN}', no JSON object"
    })
    void aConfigThatIsNoPlainObjectIsRefused(String config, String reason) throws Exception {
        Map<String, byte[]> files = folder("model-nan-weights");
        files.put("config.json", config.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> take(zip(files)))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(reason);
        files.put("config.json", config.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> take(zip(files))).hasMessageContaining("config.json: is no ");
    }

    @Test
    void aTextOfMoreThanAMebibyteIsNotRead() throws Exception {
        Map<String, byte[]> files = folder("model-nan-weights");
        files.put("vocab.txt", new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> take(zip(files))).hasMessage("vocab.txt: is larger than 1048576 bytes, the most");
    }

    @Test
    void otherFormsOfModelsAreRefusedByName() throws Exception {
        for (String name : List.of("model.safetensors.index.json", "pytorch_model.bin")) {
            Map<String, byte[]> files = folder("model-nan-weights");
            files.remove("model.safetensors");
            files.put(name, new byte[1]);
            assertThatThrownBy(() -> take(zip(files)))
                    .hasMessageContaining(name + ": ")
                    .hasMessageContaining("not read");
        }
    }

    @Test
    void aFileThatStandsTwiceIsRefusedWithoutAPlaceOfThisMachine() throws Exception {
        Map<String, byte[]> files = folder("model-nan-weights");
        files.put("config.jsoN", new byte[2]);
        byte[] zip = zip(files);
        byte[] twice = new String(zip, StandardCharsets.ISO_8859_1)
                .replace("config.jsoN", "config.json")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> take(twice)).hasMessage("config.json: stands twice in the zip");
    }

    @Test
    void whatAKilledProcessLeftIsSweptAndNothingOfOthers() throws Exception {
        Path uploads = Files.createDirectories(home.resolve("uploads"));
        for (String name : List.of("import-t-1-5", "import-t-1-2-5", "import-s-t-1-5", "other")) {
            Files.writeString(Files.createDirectories(uploads.resolve(name)).resolve("config.json"), "{}");
        }
        ModelUpload.sweep(uploads, "t-1");
        try (Stream<Path> left = Files.list(uploads)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("import-t-1-2-5", "import-s-t-1-5", "other");
        }
        ModelUpload.sweep(home.resolve("absent"), "t-1");
    }

    private String take(byte[] zip) throws IOException, UnfitModelException {
        try (ModelUpload upload = ModelUpload.unpack(new ByteArrayInputStream(zip), home.resolve("uploads"), "t");
                TensorFile file = SafetensorsModels.open(upload.tensors())) {
            ModelImport model = ModelImport.of(upload.config(), upload.vocabulary(), file);
            return new FolderCheckpoints(home.resolve("store"), "t").keepWeights(model.shape(), model, model.card());
        }
    }

    private static Map<String, byte[]> folder(String name) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String file : List.of("config.json", "vocab.txt", "model.safetensors")) {
            String place = "/models/" + name + "/" + file;
            try (var in = Objects.requireNonNull(ModelUploadTest.class.getResourceAsStream(place), place)) {
                files.put(file, in.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
