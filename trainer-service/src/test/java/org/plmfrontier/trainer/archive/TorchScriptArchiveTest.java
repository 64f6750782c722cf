package org.plmfrontier.trainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptArchiveTest {
    private static final String SOURCE = "class M(Module):\n  training : bool\n";

    @Test
    void entriesAreStoredUnderTheNamesThatLibtorchReads() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(entries).containsOnlyKeys("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl", "m/version");
        assertThat(entries.get("m/version")).asString(StandardCharsets.US_ASCII).isEqualTo("10\n");
        assertThat(entries.get("m/constants.pkl")).isEqualTo(HexFormat.of().parseHex("8002292e"));
        assertThat(entries.get("m/code/__torch__.py"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(SOURCE);
    }

    @Test
    void attributesArePickledInTheirOrder() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("a", new Attribute.Flag(true));
        attributes.put("b", new Attribute.Flag(false));
        attributes.put("c", new Attribute.Whole(-2));
        attributes.put("d", new Attribute.Real(0.5));
        attributes.put("e", new Attribute.NoTensors());
        String expected = "8002" + "63" + ascii("__torch__\nM\n") + "29817d28"
                + name("a") + "88"
                + name("b") + "89"
                + name("c") + "8a08feffffffffffffff"
                + name("d") + "473fe0000000000000"
                + name("e") + "63" + ascii("torch.jit._pickle\nbuild_tensorlist\n") + "285d7452"
                + "75622e";
        assertThat(HexFormat.of().formatHex(Pickle.object("M", attributes))).isEqualTo(expected);
    }

    @Test
    void equalProgramsGiveEqualBytesInEveryTimeZone(@TempDir Path folder) throws IOException {
        byte[] here = bytes();
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(bytes()).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
        Path file = folder.resolve("m.pt");
        archive().write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(here);
    }

    @Test
    void theAttributeThatLibtorchDemandsIsDemandedHere() {
        assertThatThrownBy(() -> new TorchScriptArchive("M", SOURCE, Map.of())).hasMessageContaining("'training'");
    }

    private static TorchScriptArchive archive() {
        return new TorchScriptArchive("M", SOURCE, Map.of("training", new Attribute.Flag(true)));
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        archive().write(out);
        return out.toByteArray();
    }

    private static String name(String name) {
        return "58" + "01000000" + ascii(name);
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
