package org.plmfrontier.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteContextTest {
    @TempDir
    Path folder;

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("contexts.properties"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aContextHasItsOwnAddressesAndToken() throws IOException {
        Path file = file("lab.dataset=https://d.example/\nlab.token=secret\nhome.dataset=http://h\n", "rw-------");
        SuiteContext lab = SuiteContext.read(file, "lab");
        assertThat(lab.addresses()).isEqualTo(Map.of("dataset", "https://d.example"));
        assertThat(lab.token()).contains("secret");
        assertThat(SuiteContext.read(file, "home").token()).isEmpty();
    }

    @Test
    void aTokenThatOthersMayReadIsNotUsed() throws IOException {
        Path file = file("lab.dataset=https://d\nlab.token=secret\n", "rw-r--r--");
        assertThatThrownBy(() -> SuiteContext.read(file, "lab"))
                .hasMessageContaining("chmod 600")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void unknownContextsAndPartsAreSaid() throws IOException {
        Path file = file("lab.dataset=https://d\nodd.datset=https://d\n", "rw-------");
        assertThatThrownBy(() -> SuiteContext.read(file, "cluster")).hasMessageContaining("known are [lab, odd]");
        assertThatThrownBy(() -> SuiteContext.read(file, "odd")).hasMessageContaining("odd.datset is unknown");
        assertThatThrownBy(() -> SuiteContext.read(folder.resolve("none"), "lab"))
                .hasMessageContaining("cannot be read");
    }
}
