package org.plmfrontier.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    Path home;

    @Test
    void anExportIsUnpackedWithItsManifestNamedInTheCard() throws IOException {
        Path folder = home.resolve("new/model");
        ModelFolder model = new ModelFolder(folder);
        model.prepare(false);
        AtomicLong bytes = new AtomicLong();
        model.unpack(zip("README.md", "card\n", "config.json", "{}"), bytes::set);
        model.addManifest("{}");
        assertThat(bytes).hasValue(7);
        assertThat(Files.readString(folder.resolve("README.md")))
                .startsWith("card\n")
                .contains("ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356");
        assertThat(folder.resolve("corpus-manifest.json")).hasContent("{}\n");
    }

    @Test
    void aFolderThatHoldsSomethingIsOnlyTouchedByForce() throws IOException {
        Files.writeString(home.resolve("mine.txt"), "mine");
        ModelFolder model = new ModelFolder(home);
        assertThatThrownBy(() -> model.prepare(false)).hasMessageContaining("is not empty");
        model.prepare(true);
        assertThat(home.resolve("mine.txt")).exists();
        assertThatThrownBy(() -> new ModelFolder(home.resolve("mine.txt")).prepare(true))
                .hasMessageContaining("is a file");
    }

    @Test
    void anEntryThatPointsOutsideIsRefused() throws IOException {
        ModelFolder model = new ModelFolder(home.resolve("model"));
        model.prepare(false);
        assertThatThrownBy(() -> model.unpack(zip("../evil", "x", "a", "b"), bytes -> {}))
                .hasMessageContaining("does not belong");
        assertThat(home.resolve("evil")).doesNotExist();
    }

    @Test
    void whatAnImportNeedsIsPackedAndWhatIsMissingIsNamed() throws IOException {
        ModelFolder model = new ModelFolder(home);
        Files.writeString(home.resolve("config.json"), "{}");
        Files.writeString(home.resolve("vocab.txt"), "A");
        assertThatThrownBy(() -> model.pack(home.resolve("a.zip"))).hasMessageContaining("no model.safetensors");
        Files.writeString(home.resolve("model.safetensors"), "tensors");
        model.pack(home.resolve("a.zip"));
        ModelFolder copy = new ModelFolder(home.resolve("copy"));
        copy.prepare(false);
        try (var in = Files.newInputStream(home.resolve("a.zip"))) {
            copy.unpack(in, bytes -> {});
        }
        assertThat(home.resolve("copy/model.safetensors")).hasContent("tensors");
    }

    @Test
    void aModelWithoutVocabularyIsPackedAndOtherFormsAreRefusedByName() throws IOException {
        ModelFolder model = new ModelFolder(home);
        Files.writeString(home.resolve("config.json"), "{}");
        Path pickle = Files.writeString(home.resolve("pytorch_model.bin"), "pickle");
        assertThatThrownBy(() -> model.pack(home.resolve("a.zip")))
                .hasMessageContaining("holds no model.safetensors")
                .hasMessageContaining("is a pickle, which is not read");
        Files.delete(pickle);
        Files.writeString(home.resolve("model.safetensors.index.json"), "{}");
        assertThatThrownBy(() -> model.pack(home.resolve("a.zip"))).hasMessageContaining("in several files");
        Files.writeString(home.resolve("model.safetensors"), "tensors");
        model.pack(home.resolve("a.zip"));
        assertThat(home.resolve("a.zip")).isNotEmptyFile();
    }

    private static ByteArrayInputStream zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
