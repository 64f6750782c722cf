package org.plmfrontier.trainer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.trainer.huggingface.ModelFile;
import org.plmfrontier.trainer.huggingface.NamedTensor;
import org.plmfrontier.trainer.huggingface.UnfitModelException;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;

class ModelZipTest {
    private static final List<ModelFile> FILES = List.of(
            new ModelFile.Json("config.json", Map.of("vocab_size", 29)),
            new ModelFile.Text("vocab.txt", "<pad>\n<cls>\n"),
            new ModelFile.Text("README.md", "a card"),
            new ModelFile.Tensors(
                    "model.safetensors",
                    List.of(new NamedTensor(
                            "a", List.of(2), () -> ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8})))));

    @TempDir
    Path folder;

    @Test
    void theFilesAreStoredAndTheSameModelGivesTheSameBytes() throws IOException {
        byte[] zip = zip();
        assertThat(zip()).isEqualTo(zip);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ModelFile file : FILES) {
                ZipEntry entry = in.getNextEntry();
                assertThat(entry.getName()).isEqualTo(file.name());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(in.readAllBytes()).hasSize((int) entry.getSize());
            }
            assertThat(in.getNextEntry()).isNull();
        }
    }

    @Test
    void whatIsUnpackedIsWhatWasPackedAndTheFolderGoesAway() throws Exception {
        try (ModelUpload upload = ModelUpload.unpack(new ByteArrayInputStream(zip()), folder, "t")) {
            assertThat(upload.config()).containsEntry("vocab_size", 29);
            assertThat(upload.vocabulary()).isEqualTo("<pad>\n<cls>\n");
            try (var file = SafetensorsModels.open(upload.tensors())) {
                assertThat(file.read("a").remaining()).isEqualTo(8);
            }
        }
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void aZipThatIsNoneOrLacksAFileOrPointsOutsideIsRefused() throws IOException {
        assertThatThrownBy(() -> ModelUpload.unpack(new ByteArrayInputStream(new byte[100]), folder, "t"))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining("is missing");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../config.json"));
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        assertThatThrownBy(() ->
                        ModelUpload.unpack(new ByteArrayInputStream(bytes.toByteArray()), folder.resolve("in"), "t"))
                .hasMessageContaining("config.json: is missing");
        assertThat(folder.resolve("config.json")).doesNotExist();
        assertThat(Files.list(folder.resolve("in"))).isEmpty();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ModelZip(SafetensorsModels::write).write(FILES, out);
        return out.toByteArray();
    }
}
