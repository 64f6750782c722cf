package org.plmfrontier.fitting.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Path RESOURCES = Path.of("src/main/resources/META-INF/resources");

    private static String file(String path) {
        try {
            return Files.readString(RESOURCES.resolve(path.substring(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePageNeedsNoOtherFile() {
        String report = new ReportPage(ReportPageTest::file).with("{\"study\":{}}");
        assertThat(report)
                .doesNotContain("src=\"/")
                .doesNotContain("href=\"/")
                .doesNotContain("\"/page/")
                .contains("data:text/javascript;base64,")
                .contains("id=\"data\">{\"study\":{}}</script>");
    }

    @Test
    void namesInTheDataCannotEndTheElementTheyStandIn() {
        String report = new ReportPage(ReportPageTest::file).with("{\"study\":\"</script><b>\"}");
        assertThat(report).contains("{\"study\":\"<\\/script><b>\"}");
    }

    @Test
    void aPageWithoutAPlaceForDataIsRefused() {
        assertThatThrownBy(() -> new ReportPage(path -> "<html>").with("{}")).hasMessageContaining("no place for data");
    }
}
