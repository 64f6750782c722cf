package org.plmfrontier.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.refusal.RefusedException;

class SourceRootsTest {
    @TempDir
    Path folder;

    private SourceRoots roots;
    private Sources sources;

    @BeforeEach
    void twoFolders() throws IOException {
        Files.createDirectories(folder.resolve("open/below"));
        Files.createDirectories(folder.resolve("open-not"));
        Files.writeString(folder.resolve("open/below/a.fasta"), ">a\nMKV\n");
        Files.writeString(folder.resolve("open-not/b.fasta"), ">b\nMKV\n");
        roots = SourceRoots.below(
                List.of(folder.resolve("open").toString(), "https://Files.example.org/sets/", "s3://proteins/public"));
        sources = new Sources(List.of(new LocalFiles()), roots, attempt -> {});
    }

    @Test
    void filesBelowAFolderAreReadAndOthersAreRefusedWithTheirPlaceInTheRequest() {
        assertThatCode(() -> sources.find(List.of(folder + "/open/below/a.fasta", folder + "/open/**.fasta")))
                .doesNotThrowAnyException();
        refused(folder + "/open-not/b.fasta");
        refused(folder + "/open/../open-not/b.fasta");
        refused(folder + "/open-not/*.fasta");
        refused(folder + "/*/b.fasta");
        refused("/etc/hostname");
    }

    @Test
    void aLinkLeadsNowhereElse() throws IOException {
        Files.createSymbolicLink(folder.resolve("open/out"), folder.resolve("open-not"));
        Files.createSymbolicLink(folder.resolve("open/c.fasta"), folder.resolve("open-not/b.fasta"));
        refused(folder + "/open/out/b.fasta");
        refused(folder + "/open/c.fasta");
        refused(folder + "/open/*.fasta");
        refused(folder + "/open/*/b.fasta");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.example.org/sets/x.fasta",
                "https://u:p@FILES.example.org:443/sets/x.fasta?a=../..",
                "s3://proteins/public/x.fasta",
                "s3://proteins/public"
            })
    void addressesBelowABeginningPass(String address) {
        assertThatCode(() -> roots.require("sources[0]", address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://files.example.org/sets/x.fasta",
                "https://files.example.org.evil.org/sets/x.fasta",
                "https://files.example.org@evil.org/sets/x.fasta",
                "https://files.example.org:8443/sets/x.fasta",
                "https://files.example.org/sets/../keys",
                "https://files.example.org/sets/%2E%2e/keys",
                "https://files.example.org/sets/..%2fkeys",
                "https://files.example.org/other",
                "s3://proteins/public-not/x",
                "s3://other/public/x",
                "s3://proteins/pub*/x"
            })
    void otherAddressesAreRefused(String address) {
        assertThatThrownBy(() -> roots.require("sources[0]", address))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("dataset.sources.roots");
    }

    @Test
    void withoutARootNothingIsReadAndAWrongRootIsNamed() {
        assertThatThrownBy(() -> SourceRoots.below(List.of()).require("sources[0]", "/x"))
                .hasMessage("/x lies outside the places that sources may come from (dataset.sources.roots): none is "
                        + "configured");
        assertThatThrownBy(() -> SourceRoots.below(List.of("corpora/x")))
                .hasMessageContaining("dataset.sources.roots must name absolute folders");
    }

    private void refused(String address) {
        assertThatThrownBy(() -> sources.find(List.of(address)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("sources[0]"))
                .hasMessageContaining("lies outside the places that sources may come from");
    }
}
