package org.plmfrontier.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.dataset.refusal.RefusedException;

class LocalFilesTest {
    private static final String HASH = "ab".repeat(32);

    @TempDir
    Path folder;

    private final Sources sources = new Sources(List.of(new LocalFiles()), attempt -> {});

    @Test
    void filesComeInTheStatedOrderAndThoseOfAPatternInTheOrderOfTheirNames() throws IOException {
        for (String name : List.of("b2.fasta", "b1.fasta", "a.fasta", "b1.txt")) {
            Files.writeString(folder.resolve(name), name);
        }
        Files.createDirectories(folder.resolve("below"));
        Files.writeString(folder.resolve("below/b3.fasta"), "x");
        assertThat(names(folder + "/b*.fasta", folder + "/a.fasta")).containsExactly("b1.fasta", "b2.fasta", "a.fasta");
        assertThat(names(folder + "/b?.fasta")).containsExactly("b1.fasta", "b2.fasta");
        assertThat(names(folder + "/**.fasta")).contains("b3.fasta", "a.fasta").hasSize(4);
    }

    @Test
    void whatNamesNothingIsRefusedWithItsPlaceInTheRequest() {
        refused(List.of(folder + "/*.fa"), "sources[0]", "no file matches " + folder + "/*.fa");
        refused(List.of(folder + "/x"), "sources[0]", folder + "/x is not a readable file");
        refused(List.of("x.fasta"), "sources[0]", "x.fasta is not an absolute path");
        refused(List.of(), "sources", "sources must name at least one file");
        String hashed = folder + "/*#sha256=" + HASH;
        refused(List.of(hashed), "sources[0]", "a pattern names several files and can have no hash: " + folder + "/*");
    }

    @Test
    void aStatedHashIsBelievedWithoutReading() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "text");
        assertThat(sources.find(List.of(file + "#sha256=" + HASH)).getFirst())
                .isEqualTo(new Source(file.toString(), HASH, 4));
    }

    @Test
    void aFileThatVanishedIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "text");
        Source source = sources.find(List.of(file.toString())).getFirst();
        Files.delete(file);
        assertThatThrownBy(() -> sources.open(source).read())
                .isInstanceOf(VanishedException.class)
                .hasMessage(file + " has vanished since the corpus was asked for");
    }

    private List<String> names(String... addresses) throws IOException {
        return sources.find(List.of(addresses)).stream()
                .map(source -> Path.of(source.path()).getFileName().toString())
                .toList();
    }

    private void refused(List<String> addresses, String field, String message) {
        assertThatThrownBy(() -> sources.find(addresses))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
