package org.plmfrontier.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    void whatIsNoPathIsRefused() {
        refused(
                List.of(folder + "/a\0.fasta"),
                "sources[0]",
                "a NUL character is no part of a path or an address: " + folder + "/a?.fasta");
        refused(List.of("/x/*\0"), "sources[0]", "a NUL character is no part of a path or an address: /x/*?");
        refused(Arrays.asList("/etc/hostname", null), "sources[1]", "sources[1] must name a file");
        refused(List.of(" "), "sources[0]", "sources[0] must name a file");
    }

    @Test
    void aHashThatIsNoneIsRefusedAndItsCaseDoesNotMatter() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "text");
        refused(
                List.of(file + "#sha256=" + HASH.substring(1)),
                "sources[0]",
                "#sha256= of " + file + " must be followed by 64 hexadecimal digits, got 63 characters");
        assertThat(sources.find(List.of(file + "#SHA256=" + HASH.toUpperCase(Locale.ROOT)))
                        .getFirst()
                        .sha256())
                .isEqualTo(HASH);
    }

    @Test
    void patternsFollowLinkedFoldersAndTakeEachFileOnce() throws IOException {
        Path store = Files.createDirectories(folder.resolve("store/deep"));
        Files.writeString(store.resolve("x.fasta"), "x");
        Path sets = Files.createDirectories(folder.resolve("sets"));
        Files.createSymbolicLink(sets.resolve("linked"), store.getParent());
        Files.createSymbolicLink(sets.resolve("again.fasta"), store.resolve("x.fasta"));
        Files.createSymbolicLink(store.resolve("loop"), sets);
        assertThat(names(sets + "/**.fasta")).containsExactly("again.fasta");
        assertThat(names(sets + "/*/*/x.fasta")).containsExactly("x.fasta");
    }

    @Test
    void aLinkToNothingThatMatchesIsNotPassedOver() throws IOException {
        Files.writeString(folder.resolve("a.fasta"), "x");
        Path dangling = Files.createSymbolicLink(folder.resolve("b.fasta"), folder.resolve("nothing"));
        refused(List.of(folder + "/*.fasta"), "sources[0]", dangling + " is not a readable file");
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
