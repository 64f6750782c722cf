package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of the documentation lead somewhere, and README stays short. */
class LinksTest {
    static List<Document> documents() {
        return Document.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndAHeadingThatExist(Document document) {
        List<String> links = document.links()
                .filter(link -> !link.matches("(https?|mailto):.*"))
                .toList();
        assertThat(links).allSatisfy(link -> {
            assertThat(document.target(link)).as(link).exists();
            if (link.contains("#")) {
                Document target =
                        link.startsWith("#") ? document : new Document(Project.ROOT.relativize(document.target(link)));
                assertThat(target.anchors()).as(link).contains(link.replaceFirst(".*#", ""));
            }
        });
    }

    @Test
    void everyPageOfDocsIsReachedFromReadme() {
        Document readme = new Document(Path.of("README.md"));
        List<String> links = readme.links().toList();
        assertThat(links).contains("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "deploy/README.md");
        assertThat(Project.list(Path.of("docs"), ".md").stream().map(Object::toString))
                .isNotEmpty()
                .isSubsetOf(links);
    }

    @Test
    void readmeHasAtMostNineHundredWords() {
        assertThat(Project.read(Project.ROOT.resolve("README.md")).strip().split("\\s+"))
                .hasSizeLessThanOrEqualTo(900);
    }
}
